package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL away, read-only, in the way or hanging: worth trying again, and never the command's fault (G10). */
@Timeout(60)
final class OutageIT {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final StoreScene scene = new StoreScene(POSTGRES);
    private final User kim = scene.user("Kim");
    private final Room room = scene.room(kim);
    private final CommandBatch batch = new CommandTape().append(Samples.post(room.id(), kim.id(), "x"));

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class);
    }

    private static void comesBack(Runnable call) {
        Eventually.holds(() -> {
            try {
                call.run();
            } catch (StoreUnavailableException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static JdbiStores open(String url) {
        JdbiSettings settings = POSTGRES.settings();
        return JdbiStores.open(
                new JdbiSettings(url, settings.user(), settings.password(), 2), POSTGRES.clock(), Samples.RANDOM);
    }

    /** The port in a URL like {@code jdbc:postgresql://127.0.0.1:5432/name}. */
    private static int port(String url) {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    private static String throughPort(String url, int port) {
        return url.replace(":" + port(url) + "/", ":" + port + "/");
    }

    @Test
    void connectionsThatBrokeAreReplaced() {
        POSTGRES.breakConnections();

        comesBack(() -> scene.store(batch));
        assertThat(scene.history(room)).hasSize(1);
    }

    @Test
    void aReadOnlyDatabaseIsReadAndNotBlamedOnTheCommand() throws Exception {
        String readOnly =
                "alter database " + POSTGRES.ask("select current_database()") + " set default_transaction_read_only = ";
        POSTGRES.sql(readOnly + "on");
        try {
            POSTGRES.breakConnections();
            comesBack(() -> assertThat(POSTGRES.rooms().find(room.id())).contains(room));
            assertThatThrownBy(() -> POSTGRES.messageLog().store(batch))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("25006");
            assertThatThrownBy(() -> POSTGRES.messageLog().check())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("read-only");
        } finally {
            try (Connection connection = POSTGRES.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set default_transaction_read_only = off");
                statement.execute(readOnly + "off");
            }
            POSTGRES.breakConnections();
        }
        comesBack(() -> POSTGRES.messageLog().check());
        assertThat(scene.store(batch)).hasSize(1);
    }

    @Test
    void aLockThatIsNotGivenUpIsNotWaitedForWithoutEnd() throws Exception {
        String url = POSTGRES.settings().url() + "?options=-c%20lock_timeout=200ms";
        try (JdbiStores impatient = open(url);
                Connection other = POSTGRES.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from rooms where id = '" + room.id() + "' for update");

            assertThatThrownBy(() -> impatient.messageLog().store(batch))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("55P03");
            other.rollback();
            assertThat(impatient.messageLog().store(batch)).isNotNull();
        }
    }

    @Test
    void aPoolThatIsUsedUpIsNotWaitedForWithoutEnd() throws Exception {
        try (JdbiStores small = open(POSTGRES.settings().url());
                Connection other = POSTGRES.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from rooms where id = '" + room.id() + "' for update");
            Background<?> first = Background.run(() -> small.rooms()
                    .act(
                            room.id(),
                            kim.id(),
                            new RoomAct.Leave(),
                            POSTGRES.clock().instant()));
            Background<?> second = Background.run(() -> small.messageLog().store(batch));
            POSTGRES.awaitBlocked(2);

            assertUnavailable(() -> small.users().find(kim.id()));
            other.rollback();
            assertThat(first.await()).isNotNull();
            assertThat(second.await()).isNotNull();
        }
    }

    @Test
    void aServerThatHangsIsGivenUpAndFoundAgain() {
        String url = POSTGRES.settings().url();
        try (FreezableProxy proxy = new FreezableProxy(port(url));
                JdbiStores stores = open(throughPort(url, proxy.port()) + "?socketTimeout=2")) {
            stores.messageLog().check();
            proxy.freeze(true);

            assertUnavailable(() -> stores.messageLog().store(batch));
            long asked = System.nanoTime();
            assertUnavailable(() -> stores.messageLog().check());
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));

            proxy.freeze(false);
            comesBack(() -> stores.messageLog().store(batch));
        }
    }

    @Test
    void aServerThatIsNotThereIsToldAtOnce() throws IOException {
        String url = POSTGRES.settings().url();
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        JdbiSettings settings = new JdbiSettings(throughPort(url, nobody), "confab", "x");

        assertUnavailable(() -> JdbiStores.open(settings, Clock.systemUTC(), Samples.RANDOM));
    }
}
