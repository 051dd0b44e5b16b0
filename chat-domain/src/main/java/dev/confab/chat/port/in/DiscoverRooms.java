package dev.confab.chat.port.in;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomCursor;
import org.jspecify.annotations.Nullable;

/** Finds open public rooms. Blocks. */
public interface DiscoverRooms {

    /**
     * The newest first. Refused with VALIDATION.
     *
     * @param name part of the name, at most 100 code points, without regard to case; null or empty: any
     * @param limit 1 to 100
     */
    Result<Page<Room, RoomCursor>> discover(@Nullable String name, @Nullable RoomCursor after, int limit);
}
