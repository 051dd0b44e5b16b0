package dev.confab.jdbi;

import com.zaxxer.hikari.HikariDataSource;
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
 * The stores on one PostgreSQL database (15 or newer), sharing one connection pool.
 *
 * <p>Every call of a store blocks, for at most about 15 s when the database hangs. Safe on any thread.
 */
public final class JdbiStores implements AutoCloseable {

    private final HikariDataSource pool;
    private final MessageLog messageLog;
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

    private JdbiStores(HikariDataSource pool, Clock clock, RandomGenerator random) {
        this.pool = pool;
        Database database = new Database(pool);
        this.messageLog = new JdbiMessageLog(database, clock, random);
        this.rooms = new JdbiRoomStore(database);
        this.users = new JdbiUserStore(database);
        this.logins = new JdbiLoginStore(database);
        this.readMarkers = new JdbiReadMarkers(database);
        this.outbox = new JdbiOutbox(database);
        this.unreadRepair = new JdbiUnreadRepair(database);
        this.notifications = new JdbiNotificationStore(database);
        this.messageSearch = new JdbiMessageSearch(database);
        this.retention = new JdbiMessageRetention(database, clock);
        this.deadLetterStates = new JdbiDeadLetterStates(database);
        this.commandFinder = new JdbiCommandFinder(database);
    }

    /**
     * Brings the database's schema up to date and opens the pool. Any number of servers may do so at once. Blocks until
     * the schema is there, which takes as long as its migrations do.
     *
     * @param clock dates messages and outcomes
     * @param random fills message ids; must be safe on several threads at once
     * @throws dev.confab.chat.port.out.StoreUnavailableException when the database does not answer; nothing stays open
     * @throws SchemaTooNewException when a newer program has migrated the database
     */
    public static JdbiStores open(JdbiSettings settings, Clock clock, RandomGenerator random) {
        Schema.migrate(settings);
        return new JdbiStores(ConnectionPool.open(settings), clock, random);
    }

    /** The stored timelines. */
    public MessageLog messageLog() {
        return messageLog;
    }

    /** Rooms and memberships. */
    public RoomStore rooms() {
        return rooms;
    }

    /** People and their credentials. */
    public UserStore users() {
        return users;
    }

    /** Logins and refresh tokens. */
    public LoginStore logins() {
        return logins;
    }

    /** Read markers and unread counts. */
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

    /** Closes all connections; calls under way fail. */
    @Override
    public void close() {
        pool.close();
    }
}
