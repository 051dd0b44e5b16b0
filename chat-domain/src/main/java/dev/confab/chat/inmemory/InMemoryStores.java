package dev.confab.chat.inmemory;

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
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * The store ports over one shared memory. Everything lives as long as this object; what one port writes, the others
 * read at once. Each call is one transaction: a single lock orders them all.
 *
 * <p>Safe on any thread. Calls block only for each other, for microseconds.
 */
public final class InMemoryStores {

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final Clock clock;
    private final RandomGenerator random;
    private final RoomStore rooms;
    private final UserStore users;
    private final LoginStore logins;
    private final ReadMarkers readMarkers;
    private final Outbox outbox;
    private final UnreadRepair unreadRepair;
    private final NotificationStore notifications;
    private final MessageSearch messageSearch;
    private final MessageRetention retention;
    private final DeadLetterStates deadLetterStates;
    private final CommandFinder commandFinder;

    /**
     * Empty stores with an epoch of their own.
     *
     * @param clock the time in new message ids; it may stand still or go backwards
     * @param random the chance in new message ids; must be safe on any thread
     */
    public InMemoryStores(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.rooms = new InMemoryRoomStore(database);
        this.users = new InMemoryUserStore(database);
        this.logins = new InMemoryLoginStore(database, clock);
        this.readMarkers = new InMemoryReadMarkers(database);
        this.outbox = new InMemoryOutbox(database);
        this.unreadRepair = new InMemoryUnreadRepair(database);
        this.notifications = new InMemoryNotificationStore(database);
        this.messageSearch = new InMemoryMessageSearch(database);
        this.retention = new InMemoryMessageRetention(database, clock);
        this.deadLetterStates = new InMemoryDeadLetterStates(database);
        this.commandFinder = new InMemoryCommandFinder(database);
    }

    /**
     * Timelines of all rooms, as one process has them: what each of these logs knows of restores it knows by itself.
     */
    public MessageLog messageLog() {
        return new InMemoryMessageLog(database, clock, random);
    }

    /** Rooms and who is in them. */
    public RoomStore rooms() {
        return rooms;
    }

    /** People and their credentials. */
    public UserStore users() {
        return users;
    }

    /** Logins and their refresh tokens. */
    public LoginStore logins() {
        return logins;
    }

    /** How far everybody has read. */
    public ReadMarkers readMarkers() {
        return readMarkers;
    }

    /** What happened to rooms and is still to be published. */
    public Outbox outbox() {
        return outbox;
    }

    /** Recounts what unread counts follow from. */
    public UnreadRepair unreadRepair() {
        return unreadRepair;
    }

    /** Of what members want to be told. */
    public NotificationStore notifications() {
        return notifications;
    }

    /** Messages by their words. */
    public MessageSearch messageSearch() {
        return messageSearch;
    }

    /** Old messages that go for good. */
    public MessageRetention retention() {
        return retention;
    }

    /** What was done with dead letters. */
    public DeadLetterStates deadLetterStates() {
        return deadLetterStates;
    }

    /** Commands by their names. */
    public CommandFinder commandFinder() {
        return commandFinder;
    }

    /** A copy of all that is stored now. Takes time and memory in proportion to it. */
    public Backup backup() {
        return new Backup(database.copy());
    }

    /**
     * Puts everything back as it was when {@code backup} was made; what was stored since is gone. As after the restore
     * of any store, the epoch changes once a worker shows that the command log is ahead.
     */
    public void restore(Backup backup) {
        database.restore(backup.tables);
    }

    /** All that was stored at one moment. Immutable; can be restored more than once. */
    public static final class Backup {
        private final InMemoryTables tables;

        private Backup(InMemoryTables tables) {
            this.tables = tables;
        }
    }
}
