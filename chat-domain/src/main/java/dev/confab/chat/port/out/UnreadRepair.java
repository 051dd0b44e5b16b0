package dev.confab.chat.port.out;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UnreadFinding;
import org.jspecify.annotations.Nullable;

/**
 * Recounts what unread counts follow from, out of the messages themselves. Nothing that the program does makes these
 * figures wrong (G8); this is for stores that somebody changed by hand, or that came back from a damaged copy. Blocks;
 * may throw {@link StoreUnavailableException}; safe on any thread and beside everything else.
 */
public interface UnreadRepair {

    /**
     * Looks at rooms by id, each under its lock: sends into a room wait while it is looked at, which takes time in
     * proportion to its messages.
     *
     * @param after continues behind that room
     * @param limit 1 to 100
     * @param repair whether what is wrong is put right, each room by itself; else it is only told
     * @return a finding for each room looked at, right ones too
     */
    Page<UnreadFinding, RoomId> check(@Nullable RoomId after, int limit, boolean repair);
}
