package dev.confab.chat.port.in;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends a message. Does not block; safe on an event loop. Stages may complete on any thread, never exceptionally. */
public interface PostMessage {

    /**
     * Sends. The result is refused with VALIDATION, ROOM_NOT_FOUND, NOT_A_MEMBER, ROOM_CLOSED, MESSAGE_NOT_FOUND (for
     * {@code replyTo}), UNAVAILABLE or OUTCOME_UNKNOWN; a repeat of a message that was stored is accepted again, whatever the room's state is (G2).
     */
    Posting post(Send send);

    /**
     * Sends and waits until the message is stored or rejected, at most {@code patience}. Refused as {@link #post} is:
     * a refusal means that nothing was accepted, a {@link Persistence.Rejected} that it was accepted first.
     */
    CompletionStage<Result<Persistence>> postAndWait(Send send, Duration patience);

    /** What to send. */
    record Send(
            UserId sender,
            RoomId roomId,
            ClientMessageId clientMessageId,
            MessageBody body,
            @Nullable MessageId replyTo) {

        /** A text under a new random name, for callers who will not repeat it. */
        public static Send text(UserId sender, RoomId roomId, String text) {
            return new Send(sender, roomId, ClientMessageId.random(), new MessageBody(MessageType.TEXT, text), null);
        }
    }

    /**
     * A send under way.
     *
     * @param submitted completes once later sends of the same caller can no longer overtake this one
     * @param accepted completes with the result: the log holds the message durably (G1), or why not
     */
    record Posting(CompletionStage<?> submitted, CompletionStage<Result<ClientMessageId>> accepted) {}

    /** What waiting brought. */
    sealed interface Persistence {
        /** Stored. */
        record Stored(Message message) implements Persistence {}

        /** Accepted, and not stored within the patience. */
        record Pending(ClientMessageId clientMessageId) implements Persistence {}

        /** Accepted, and then refused for good. */
        record Rejected(Rejection reason) implements Persistence {}
    }
}
