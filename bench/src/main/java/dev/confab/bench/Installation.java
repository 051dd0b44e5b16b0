package dev.confab.bench;

import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.AccessTokens.Claims;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.jdbi.JdbiSettings;
import dev.confab.jdbi.JdbiStores;
import dev.confab.localstack.LocalStack;
import dev.confab.netty.auth.JwtAccessTokens;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Real servers in a temporary folder, with what they survive by default, and Confab's processes on them. */
final class Installation implements AutoCloseable {

    private static final String SECRET = "a secret of a measurement, long enough";

    private final Path folder;
    private final LocalStack stack;
    private final Clock clock;

    private Map<String, String> settings = Map.of();
    private boolean kept;

    private Installation(Path folder, LocalStack stack, Clock clock) {
        this.folder = folder;
        this.stack = stack;
        this.clock = clock;
    }

    static Installation start(PrintWriter out, Clock clock) throws IOException {
        return start(out, clock, UnaryOperator.identity());
    }

    /**
     * The same with another stack.
     *
     * @param choice changes what the stack shall be like
     */
    static Installation start(PrintWriter out, Clock clock, UnaryOperator<LocalStack.Builder> choice)
            throws IOException {
        Path folder = Files.createTempDirectory("confab-bench-");
        out.println("Starting PostgreSQL, Redis and Kafka in " + folder);
        out.flush();
        try {
            LocalStack stack = choice.apply(
                            LocalStack.builder(folder.resolve("data")).endWithThisProcess())
                    .start();
            Installation started = new Installation(folder, stack, clock);
            Interruption.closes(started);
            return started;
        } catch (RuntimeException notStarted) {
            delete(folder);
            throw notStarted;
        }
    }

    /** Configuration for all servers that are started from now on. */
    void configure(Map<String, String> more) {
        settings = Map.copyOf(more);
    }

    /** Lets the folder with all data and logs stay when this is closed. */
    void keep() {
        kept = true;
    }

    Path folder() {
        return folder;
    }

    LocalStack stack() {
        return stack;
    }

    Clock clock() {
        return clock;
    }

    String brokers() {
        return stack.kafka().bootstrapServers();
    }

    String redis() {
        return stack.redis().uri();
    }

    /**
     * Whether the broker writes each record through to the disk before it acknowledges it, from now on.
     *
     * @throws ExecutionException when the broker refuses
     */
    void flushEachRecord(boolean each) throws InterruptedException, ExecutionException {
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry("log.flush.interval.messages", "1"),
                each ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            // The empty name means all brokers.
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, ""), List.of(change)))
                    .all()
                    .get();
        }
    }

    /** Makes an empty database and returns its JDBC URL. */
    String newDatabase(String name) throws SQLException {
        try (Connection connection = connect(stack.postgres().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return stack.postgres().jdbcUrl(name);
    }

    /** Leaves untold that rooms were made, which nobody waits for: telling it would be in the way of what is measured. */
    void forgetChanges(String url) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("delete from outbox");
        }
    }

    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(
                url, stack.postgres().user(), stack.postgres().password());
    }

    JdbiStores stores(String url) {
        return JdbiStores.open(
                new JdbiSettings(url, stack.postgres().user(), stack.postgres().password(), 4),
                clock,
                new SecureRandom());
    }

    /** People who are in every one of some rooms. */
    record Cast(List<UserId> people, List<RoomId> rooms) {}

    /** Makes them in the database itself: hashing passwords is not what is measured. */
    Cast cast(JdbiStores stores, int people, int rooms) {
        List<UserId> users = IntStream.range(0, people)
                .mapToObj(i -> {
                    UserId id = UserId.random();
                    if (!stores.users()
                            .add(
                                    new User(id, id + "@example.org", "u" + i, clock.instant()),
                                    new PasswordHash("none"))) {
                        throw new IllegalStateException("cannot add a user");
                    }
                    return id;
                })
                .toList();
        List<RoomId> made = IntStream.range(0, rooms)
                .mapToObj(i -> switch (stores.rooms().create(newRoom(users))) {
                    case RoomStore.Creation.Created(Room room) -> room.id();
                    case RoomStore.Creation other -> throw new IllegalStateException("not made: " + other);
                })
                .toList();
        return new Cast(users, made);
    }

    /**
     * Makes people and rooms that only some of them are in.
     *
     * @param members for each room the places of its members among the people, at least one
     */
    Cast cast(JdbiStores stores, int people, List<List<Integer>> members) {
        List<UserId> users = cast(stores, people, 0).people();
        List<RoomId> rooms = members.stream()
                .map(those -> switch (stores.rooms()
                        .create(newRoom(those.stream().map(users::get).toList()))) {
                    case RoomStore.Creation.Created(Room room) -> room.id();
                    case RoomStore.Creation other -> throw new IllegalStateException("not made: " + other);
                })
                .toList();
        return new Cast(users, rooms);
    }

    private RoomStore.NewRoom newRoom(List<UserId> users) {
        return new RoomStore.NewRoom(
                RoomId.random(),
                "room",
                Visibility.PUBLIC,
                null,
                Map.of(),
                users.getFirst(),
                users.subList(1, users.size()),
                clock.instant());
    }

    /** Access tokens that a server of this installation takes. */
    List<String> tokens(List<UserId> users) {
        JwtAccessTokens issuer = new JwtAccessTokens(SECRET.getBytes(StandardCharsets.UTF_8), clock);
        return users.stream()
                .map(user -> issuer.issue(
                        new Claims(user, SessionId.random(), clock.instant().plus(Duration.ofHours(2)))))
                .toList();
    }

    /**
     * A Confab that is measured.
     *
     * @param classPath where its classes are
     * @param settings configuration of its own
     */
    record Build(String classPath, Map<String, String> settings) {}

    /** Starts Confab in a process of its own. */
    ServerProcess serve(String database, String namespace, String roles) throws IOException {
        return serve(new Build(System.getProperty("java.class.path"), settings), database, namespace, roles);
    }

    /** Starts a build of Confab in a process of its own. */
    ServerProcess serve(Build build, String database, String namespace, String roles) throws IOException {
        return ServerProcess.start(
                build.classPath(),
                environment(build.settings(), database, namespace, roles),
                "dev.confab.bootstrap.Main",
                "serve");
    }

    /**
     * Lets those who are {@linkplain #serveShortly started shortly} find the classes that a start needs as the JVM has them in
     * memory (class-data sharing). Starts one and ends it; blocks for some seconds. Does nothing where classes lie in
     * folders, of which the JVM makes no archive.
     */
    void prepareQuickStarts(String database, String namespace) throws IOException {
        boolean inFolders = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(entry -> Files.isDirectory(Path.of(entry)));
        if (!inFolders) {
            serveShortly(
                            database,
                            namespace,
                            "gateway,worker",
                            List.of("-XX:ArchiveClassesAtExit=" + classes(), "-Xlog:cds*=off"),
                            line -> {})
                    .close();
        }
    }

    private Path classes() {
        return folder.resolve("classes.jsa");
    }

    /**
     * Starts Confab for one of many short lives: with less work, at the price of speed later.
     *
     * @param output hears each line that it prints
     */
    ServerProcess serveShortly(String database, String namespace, String roles, Consumer<String> output)
            throws IOException {
        List<String> archive =
                Files.exists(classes()) ? List.of("-XX:SharedArchiveFile=" + classes(), "-Xlog:cds*=off") : List.of();
        return serveShortly(database, namespace, roles, archive, output);
    }

    private ServerProcess serveShortly(
            String database, String namespace, String roles, List<String> archive, Consumer<String> output)
            throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
        options.addAll(archive);
        return ServerProcess.start(
                System.getProperty("java.class.path"),
                environment(settings, database, namespace, roles),
                options,
                output,
                "dev.confab.bootstrap.Main",
                "serve");
    }

    private Map<String, String> environment(Map<String, String> more, String database, String namespace, String roles) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CONFAB_ROLES",
                roles,
                "CONFAB_DB_URL",
                database,
                "CONFAB_DB_USER",
                stack.postgres().user(),
                "CONFAB_DB_PASSWORD",
                stack.postgres().password(),
                "CONFAB_KAFKA_BROKERS",
                brokers(),
                "CONFAB_KAFKA_REPLICATION",
                "1",
                "CONFAB_REDIS_URL",
                stack.redis().uri(),
                "CONFAB_NAMESPACE",
                namespace,
                "CONFAB_JWT_SECRET",
                SECRET,
                "CONFAB_HTTP_PORT",
                "0"));
        environment.put("CONFAB_MANAGEMENT_PORT", "0");
        for (String limit : List.of("MESSAGES", "REST", "JOINS", "ADDRESS", "REGISTER", "CONNECTIONS")) {
            environment.put("CONFAB_LIMIT_" + limit, "off");
        }
        environment.putAll(more);
        return environment;
    }

    @Override
    public synchronized void close() throws IOException {
        stack.close();
        if (!kept && Files.exists(folder)) {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
