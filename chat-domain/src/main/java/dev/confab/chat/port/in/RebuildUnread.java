package dev.confab.chat.port.in;

import dev.confab.chat.model.UnreadFinding;
import java.util.function.Consumer;

/** Recounts all unread counts, room by room, beside everything else. For operators. Blocks for as long as it takes. */
public interface RebuildUnread {

    /**
     * Looks at every room.
     *
     * @param repair whether what is wrong is put right, or only told
     * @param progress hears of each room, right or wrong, when it is done
     */
    void rebuild(boolean repair, Consumer<UnreadFinding> progress);
}
