package dev.confab.chat.port.out;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds commands by their names alone. For operators: blocks, and may throw {@link StoreUnavailableException}. */
public interface CommandFinder {

    /**
     * What is stored under a name. Different senders and rooms may use the same one.
     *
     * @param roomId only there, which is quick; null: anywhere, which reads through all messages
     * @param senderId only of theirs; null: anybody's
     */
    List<Found> find(ClientMessageId commandId, @Nullable RoomId roomId, @Nullable UserId senderId);

    /**
     * A command that has an outcome.
     *
     * @param at when a message was stored, or a command was refused; null for edits and deletions
     * @param partition in which partition of the command log it lay; null where that is not known
     * @param offset its place there
     */
    record Found(
            RoomId roomId,
            UserId senderId,
            Outcome outcome,
            @Nullable Instant at,
            @Nullable Integer partition,
            long offset) {}
}
