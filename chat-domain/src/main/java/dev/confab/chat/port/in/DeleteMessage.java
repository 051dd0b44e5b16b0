package dev.confab.chat.port.in;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.concurrent.CompletionStage;

/** Takes a message's content away; its place in the room stays. Does not block; safe on an event loop. */
public interface DeleteMessage {

    /**
     * Deletes one's own message or, as an ADMIN and above, anybody's. The result is refused with ROOM_NOT_FOUND,
     * NOT_A_MEMBER, ROOM_CLOSED, MESSAGE_NOT_FOUND (also when it was deleted), FORBIDDEN, UNAVAILABLE or
     * OUTCOME_UNKNOWN; a repeat of a deletion that was stored is accepted again, whatever the room's state is (G2).
     *
     * @return completes with the command's id once the log holds it durably (G1), on any thread, never exceptionally
     */
    CompletionStage<Result<ClientMessageId>> delete(Deletion deletion);

    /**
     * What to delete.
     *
     * @param commandId names this deletion among all that the caller sends to the room, messages included, so that a
     *     repeat is recognised
     */
    record Deletion(UserId caller, RoomId roomId, MessageId messageId, ClientMessageId commandId) {}
}
