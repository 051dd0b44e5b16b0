package dev.confab.chat.port.in;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells where a message has been. For operators. Blocks for as long as it takes to read through the logs. */
public interface TraceMessage {

    /**
     * Looks for a command in the store, in the logs and among the dead letters, and asks the gateways.
     *
     * @param progress hears how many records of the logs were looked at by now
     */
    Trace trace(Wanted wanted, LongConsumer progress);

    /**
     * What to look for.
     *
     * @param commandId the sender's name for a message, or the name of an edit or deletion
     * @param roomId only there; null: anywhere, which takes longer
     * @param senderId only of theirs; null: anybody's
     * @param since how far back the logs are looked through for what is not stored, or was stored before
     * @param most how many records of the logs are looked at, at least 1
     */
    record Wanted(
            ClientMessageId commandId,
            @Nullable RoomId roomId,
            @Nullable UserId senderId,
            Instant since,
            long most) {}

    /**
     * What is known.
     *
     * @param steps by time; those without a time come last
     * @param looked how many records of the logs were looked at
     * @param complete whether all that were to be looked at were
     * @param since from when on the logs were looked through
     */
    record Trace(List<TraceStep> steps, long looked, boolean complete, Instant since) {}
}
