package dev.confab.chat.usecase;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.port.in.RebuildUnread;
import dev.confab.chat.port.out.UnreadRepair;
import java.util.function.Consumer;

/** Goes through the rooms a page at a time. */
final class RebuildUnreadService implements RebuildUnread {

    private static final int PAGE = 100;

    private final UnreadRepair unread;

    RebuildUnreadService(UnreadRepair unread) {
        this.unread = unread;
    }

    @Override
    public void rebuild(boolean repair, Consumer<UnreadFinding> progress) {
        Page<UnreadFinding, RoomId> page = unread.check(null, PAGE, repair);
        page.items().forEach(progress);
        while (page.hasMore()) {
            page = unread.check(page.nextCursor(), PAGE, repair);
            page.items().forEach(progress);
        }
    }
}
