package dev.confab.chat.port.out;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceStep;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Where commands lie in the logs. For operators: reads through them, blocks, may throw {@link BusUnavailableException}. */
public interface CommandTrail {

    /**
     * Looks for a command where it was accepted, and for sends also where it was published.
     *
     * @param progress hears how many records were looked at by now
     */
    Trail find(Search search, LongConsumer progress);

    /**
     * What to look for.
     *
     * @param roomId only where commands of that room lie, which is quicker; null: anywhere
     * @param since what was written then or later
     * @param most how many records are looked at, at least 1
     */
    record Search(ClientMessageId commandId, @Nullable RoomId roomId, Instant since, long most) {}

    /**
     * What was found.
     *
     * @param looked how many records were looked at
     * @param complete whether all were, up to the end as it was when the search began
     */
    record Trail(List<TraceStep.InLog> steps, long looked, boolean complete) {}
}
