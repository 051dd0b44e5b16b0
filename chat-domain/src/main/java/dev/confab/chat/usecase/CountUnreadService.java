package dev.confab.chat.usecase;

import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.CountUnread;
import dev.confab.chat.port.out.ReadMarkers;
import java.util.List;

/** Reads the counts, which the store derives. */
final class CountUnreadService implements CountUnread {

    private final ReadMarkers readMarkers;

    CountUnreadService(ReadMarkers readMarkers) {
        this.readMarkers = readMarkers;
    }

    @Override
    public List<Unread> unread(UserId caller) {
        return readMarkers.unread(caller);
    }
}
