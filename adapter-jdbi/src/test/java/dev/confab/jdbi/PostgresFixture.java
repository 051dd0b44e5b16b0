package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.MutableClock;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreFixture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stores on a database of their own in the shared PostgreSQL, and a way around them. Register it as a static
 * extension: it opens before the first test of a class and closes after the last.
 */
final class PostgresFixture implements StoreFixture, BeforeAllCallback, AfterAllCallback {

    /** Those that are referred to come first. */
    private static final List<String> TABLES = List.of(
            "users",
            "rooms",
            "room_members",
            "messages",
            "message_changes",
            "rejections",
            "dead_letters",
            "dead_letter_states",
            "logins",
            "refresh_tokens",
            "store_epoch",
            "partition_progress",
            "outbox",
            "room_bans",
            "audit_log",
            "search_progress",
            "search_postings",
            "search_messages",
            "purged_commands");

    private static final int POOL_SIZE = 8;

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger backups = new AtomicInteger();
    private @Nullable JdbiSettings settings;
    private @Nullable JdbiStores stores;

    @Override
    public void beforeAll(ExtensionContext context) {
        settings = newDatabase();
        stores = open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (stores != null) {
            stores.close();
        }
    }

    /** Where an empty database is. */
    static JdbiSettings newDatabase() {
        SharedStack stack = SharedStack.get();
        return new JdbiSettings(stack.newDatabase(), stack.postgresUser(), stack.postgresPassword(), POOL_SIZE);
    }

    JdbiSettings settings() {
        return Objects.requireNonNull(settings, "not open");
    }

    /** The stores of one more server on the same database. */
    JdbiStores open() {
        return JdbiStores.open(settings(), clock, Samples.RANDOM);
    }

    JdbiStores stores() {
        return Objects.requireNonNull(stores, "not open");
    }

    @Override
    public MessageLog messageLog() {
        return stores().messageLog();
    }

    @Override
    public RoomStore rooms() {
        return stores().rooms();
    }

    @Override
    public UserStore users() {
        return stores().users();
    }

    @Override
    public LoginStore logins() {
        return stores().logins();
    }

    @Override
    public ReadMarkers readMarkers() {
        return stores().readMarkers();
    }

    @Override
    public NotificationStore notifications() {
        return stores().notifications();
    }

    @Override
    public Outbox outbox() {
        return stores().outbox();
    }

    @Override
    public UnreadRepair unreadRepair() {
        return stores().unreadRepair();
    }

    @Override
    public MessageSearch messageSearch() {
        return stores().messageSearch();
    }

    @Override
    public MessageRetention retention() {
        return stores().retention();
    }

    @Override
    public DeadLetterStates deadLetterStates() {
        return stores().deadLetterStates();
    }

    @Override
    public CommandFinder commandFinder() {
        return stores().commandFinder();
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public Runnable backup() {
        String copy = "backup_" + backups.incrementAndGet();
        sql("create schema " + copy);
        TABLES.forEach(table -> sql("create table " + copy + "." + table + " as table public." + table));
        return () -> {
            sql("truncate " + String.join(", ", TABLES));
            TABLES.forEach(table -> sql("insert into " + table + " select * from " + copy + "." + table));
        };
    }

    /** A connection beside the stores' own. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings().url(), settings().user(), settings().password());
    }

    /** Runs a statement beside the stores. */
    void sql(String statement) {
        try (Connection connection = connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    /** The first column of the first row of a query. */
    @Nullable
    String ask(String query) {
        try (Connection connection = connect();
                Statement run = connection.createStatement();
                ResultSet rows = run.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Waits until that many calls of the stores stand still for a lock. */
    void awaitBlocked(int calls) {
        Eventually.holds(() -> assertThat(ask("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and application_name = 'confab' and wait_event_type = 'Lock'"))
                .isEqualTo(Integer.toString(calls)));
    }

    /** Breaks all connections of the stores, as a restart of the server would. */
    void breakConnections() {
        sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                + " and application_name = 'confab'");
    }
}
