package dev.confab.chat.port.in;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.concurrent.CompletionStage;

/** Gives a message another content. Does not block; safe on an event loop. */
public interface EditMessage {

    /**
     * Edits one's own message. The result is refused with VALIDATION, ROOM_NOT_FOUND, NOT_A_MEMBER, ROOM_CLOSED,
     * MESSAGE_NOT_FOUND (also when it was deleted), FORBIDDEN, UNAVAILABLE or OUTCOME_UNKNOWN; a repeat of an edit that
     * was stored is accepted again, whatever the message's state is (G2).
     *
     * @return completes with the command's id once the log holds it durably (G1), on any thread, never exceptionally
     */
    CompletionStage<Result<ClientMessageId>> edit(Edit edit);

    /**
     * What to edit.
     *
     * @param commandId names this edit among all that the caller sends to the room, messages included, so that a repeat
     *     is recognised
     * @param content as in {@link dev.confab.chat.model.MessageBody}
     */
    record Edit(UserId caller, RoomId roomId, MessageId messageId, ClientMessageId commandId, String content) {}
}
