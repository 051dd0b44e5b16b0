package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.port.out.CommandFinder;
import dev.confab.chat.port.out.DeadLetterStates;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.NotificationStore;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.UnreadRepair;
import dev.confab.chat.port.out.UserStore;

/** The stores in memory, empty for each test. */
final class InMemoryStoreFixture implements StoreFixture {

    private final MutableClock clock = new MutableClock();
    private final InMemoryStores stores = new InMemoryStores(clock, Samples.RANDOM);

    @Override
    public MessageLog messageLog() {
        return stores.messageLog();
    }

    @Override
    public RoomStore rooms() {
        return stores.rooms();
    }

    @Override
    public UserStore users() {
        return stores.users();
    }

    @Override
    public LoginStore logins() {
        return stores.logins();
    }

    @Override
    public ReadMarkers readMarkers() {
        return stores.readMarkers();
    }

    @Override
    public NotificationStore notifications() {
        return stores.notifications();
    }

    @Override
    public Outbox outbox() {
        return stores.outbox();
    }

    @Override
    public UnreadRepair unreadRepair() {
        return stores.unreadRepair();
    }

    @Override
    public MessageSearch messageSearch() {
        return stores.messageSearch();
    }

    @Override
    public MessageRetention retention() {
        return stores.retention();
    }

    @Override
    public DeadLetterStates deadLetterStates() {
        return stores.deadLetterStates();
    }

    @Override
    public CommandFinder commandFinder() {
        return stores.commandFinder();
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public Runnable backup() {
        InMemoryStores.Backup backup = stores.backup();
        return () -> stores.restore(backup);
    }
}
