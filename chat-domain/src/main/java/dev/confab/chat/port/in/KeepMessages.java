package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides for how long the messages of single rooms are kept. For operators. Blocks. */
public interface KeepMessages {

    /**
     * Gives a room a rule of its own, or takes it away. It counts from the next turn of the workers, within the hour.
     * Refused with ROOM_NOT_FOUND.
     *
     * @param rule null: the room is as all others again
     */
    Result<RoomId> keep(RoomId roomId, @Nullable RetentionRule rule);

    /** Tells the rooms that have a rule of their own, by id. */
    void list(Consumer<RetentionRule.OfRoom> each);
}
