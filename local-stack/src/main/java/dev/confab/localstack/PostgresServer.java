package dev.confab.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL 18, reachable on 127.0.0.1 only, by password (SCRAM), with the database {@code confab}.
 *
 * <p>As durable as in production (fsync, synchronous commit, data checksums), except where the stack is
 * {@link Durability#DISPOSABLE}. 128 MB of shared buffers, 200 connections, UTF-8 with the collation {@code C.UTF-8} that
 * is the same on every system, time zone UTC.
 */
public final class PostgresServer extends StackServer {

    static final String DATABASE = "confab";
    static final String USER = "confab";
    private static final Duration INITDB_TIME = Duration.ofMinutes(2);
    private static final Duration COPY_TIME = Duration.ofMinutes(2);

    private @Nullable Path program;
    private @Nullable Unprivileged unprivileged;
    private volatile @Nullable String password;

    PostgresServer(StackContext context) {
        super(ServerName.POSTGRES, context);
    }

    /** The JDBC URL of the database {@code confab}, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** The JDBC URL of another database on this server. */
    public String jdbcUrl(String database) {
        return PostgresAdmin.url(port(), database);
    }

    /** The user that owns everything. */
    public String user() {
        return USER;
    }

    /**
     * The user's password, random, kept in the data folder.
     *
     * @throws IllegalStateException before the first start
     */
    public String password() {
        String known = password;
        if (known == null) {
            throw new IllegalStateException("PostgreSQL has not been started");
        }
        return known;
    }

    /**
     * Stops it, copies all its data beside itself, as a backup would, and starts it again. A copy that was there before is
     * replaced.
     *
     * @throws ServerFailedException if the data cannot be copied, or it does not start; it may not run then
     */
    public void takeCopy() {
        stop();
        replace(copy(), data());
        start();
    }

    /**
     * Kills it, puts the copy of {@link #takeCopy()} in the place of its data, and starts it: what was committed since is
     * gone. The copy stays.
     *
     * @throws ServerFailedException if there is no copy, or it does not start; it may not run then
     */
    public void restoreCopy() {
        kill();
        replace(data(), copy());
        start();
    }

    private Path data() {
        return context().folder().of(name()).resolve("data");
    }

    private Path copy() {
        return context().folder().of(name()).resolve("data.copy");
    }

    /** By a program, because owners and rights have to be kept. */
    private void replace(Path old, Path by) {
        try {
            DataFolder.deleteTree(old);
            Commands.Result result = Commands.run(
                    List.of("cp", "-a", by.toString(), old.toString()),
                    context().folder().root(),
                    COPY_TIME);
            if (!result.succeeded()) {
                throw new ServerFailedException(name(), "could not copy its data: " + result.lastLine(), null);
            }
        } catch (IOException e) {
            throw new ServerFailedException(name(), "could not copy its data: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException(name(), "was interrupted while its data were copied", e);
        }
    }

    @Override
    void prepare() throws IOException, InterruptedException {
        Path home = context().folder().of(name());
        Files.createDirectories(home);
        Path binaries = binaries();
        program = binaries.resolve("bin").resolve("postgres");
        Path data = home.resolve("data");
        checkVersion(data);
        unprivileged = Unprivileged.find(program, home);
        password = readOrMakePassword(home.resolve("password"));
        if (!Files.exists(data)) {
            initialize(binaries, home, data, unprivileged);
        }
        clearStalePid(data);
    }

    private Path binaries() throws IOException {
        Platform platform = context().platform();
        String archive = "postgres-"
                + switch (platform.system()) {
                    case LINUX -> "linux";
                    case MACOS -> "darwin";
                }
                + switch (platform.processor()) {
                    case AMD64 -> "-x86_64";
                    case ARM64 -> "-arm_64";
                }
                + ".txz";
        String version = ServerVersions.postgres();
        return context()
                .binaries()
                .get(
                        "postgres-" + version + "-" + platform,
                        folder -> {
                            try (InputStream in = new XZInputStream(BinaryCache.resource(archive))) {
                                TarReader.unpack(in, folder);
                            }
                        },
                        () -> context().progress().onStep(name(), "unpacking " + version));
    }

    private static void checkVersion(Path data) throws IOException {
        Path file = data.resolve("PG_VERSION");
        if (!Files.exists(data)) {
            return;
        }
        String found;
        try {
            found = Files.readString(file).strip();
        } catch (java.nio.file.AccessDeniedException e) {
            return; // it belongs to somebody else; whether there is a way to it is seen later
        } catch (java.nio.file.NoSuchFileException e) {
            throw new DataFolderUnusableException(data + " is not a PostgreSQL data folder (no PG_VERSION in it)", e);
        }
        String version = ServerVersions.postgres();
        String major = version.substring(0, version.indexOf('.'));
        if (!found.equals(major)) {
            throw new DataFolderUnusableException(
                    "the data in " + data + " was made by PostgreSQL " + found + "; this program carries PostgreSQL "
                            + major + ", which cannot read it (pg_upgrade can convert it)");
        }
    }

    private static String readOrMakePassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path next = file.resolveSibling("password.new");
            DataFolder.writePrivately(next, HexFormat.of().formatHex(random));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** Makes the cluster beside its place and moves it there when whole, so that a start that was cut off leaves none. */
    private void initialize(Path binaries, Path home, Path data, Unprivileged as)
            throws IOException, InterruptedException {
        context().progress().onStep(name(), "creating the database cluster");
        Path next = home.resolve("data.new");
        DataFolder.deleteTree(next);
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin").resolve("initdb").toString(),
                "--pgdata=" + next,
                "--username=" + USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (context().durability() == Durability.DISPOSABLE) {
            command.add("--no-sync");
        }
        runToEnd("create its cluster", as.run(command), INITDB_TIME);
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * A postmaster.pid left by a life before stops the start if its pid is somebody else's now. Only then it is deleted:
     * as long as it is there, PostgreSQL itself sees to it that nobody uses the same data twice.
     */
    private static void clearStalePid(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.isReadable(file)) {
            return;
        }
        long pid;
        try {
            pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        } catch (NumberFormatException | NoSuchElementException e) {
            return; // PostgreSQL says what is wrong with it
        }
        if (ProcessIdentity.of(pid).isEmpty()) {
            return;
        }
        String command = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElse("");
        if (command.endsWith("/postgres")) {
            throw new DataFolderInUseException(data, OptionalLong.of(pid));
        }
        Files.delete(file);
    }

    @Override
    List<String> command() {
        Path binary = program;
        Unprivileged as = unprivileged;
        if (binary == null || as == null) {
            throw new IllegalStateException("prepare() comes first");
        }
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "-D",
                context().folder().of(name()).resolve("data").toString(),
                "-p",
                Integer.toString(port())));
        for (String setting : settings()) {
            command.add("-c");
            command.add(setting);
        }
        return as.run(command);
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=128MB",
                "max_wal_size=512MB",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_line_prefix=%m [%p] "));
        String throughToDisk = context().durability() == Durability.DISPOSABLE ? "off" : "on";
        settings.add("fsync=" + throughToDisk);
        settings.add("full_page_writes=" + throughToDisk);
        settings.add("synchronous_commit=on"); // else even the kill of the server loses commits
        return settings;
    }

    @Override
    boolean answers() {
        return admin().answers();
    }

    @Override
    void afterStart() {
        admin().createDatabase(DATABASE);
    }

    private PostgresAdmin admin() {
        return new PostgresAdmin(port(), USER, password());
    }

    /** SIGINT is the fast shutdown: it does not wait for clients to leave. */
    @Override
    Signals stopSignal() {
        return Signals.INT;
    }

    @Override
    Duration patience() {
        return Duration.ofSeconds(4);
    }
}
