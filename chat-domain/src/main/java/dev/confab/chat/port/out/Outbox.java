package dev.confab.chat.port.out;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.RoomChange;
import java.util.Collection;
import java.util.List;

/**
 * What happened to rooms and was not published yet. {@link RoomStore} writes each change here in the transaction that
 * makes it; who publishes takes them out. All calls block and may throw {@link StoreUnavailableException}; safe on any
 * thread.
 */
public interface Outbox {

    /**
     * The oldest changes that are left. Changes of one room come in the order in which they happened, and none is seen
     * before those that came before it in that room.
     *
     * @param limit at least 1
     */
    List<Entry> pending(int limit);

    /** Takes out what was published. What is not there any more is left out. */
    void done(Collection<ChangeId> ids);

    /** A change that is to be published. */
    record Entry(ChangeId id, RoomChange change) {}
}
