package dev.confab.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Redis and Kafka for one data folder.
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.builder(Path.of("data")).start()) {
 *     String url = stack.postgres().jdbcUrl();
 *     ...
 * }
 * }</pre>
 *
 * <p>{@link #start()} starts the servers side by side and returns when all answer; a start that fails leaves none running.
 * {@link #close()} stops them in reverse order within 10 s. Both may be called from any thread; closing ends a start that
 * is under way.
 *
 * <p>Servers that an earlier program left running on this folder (it was killed) are stopped first, found by their pid
 * files and never by name. The ports are chosen once, and kept as long as they are free.
 *
 * <p>Memory, idle, on Linux with JDK 25: PostgreSQL 32 MB, Redis 10 MB, Kafka 235 MB, together below 300 MB (resident,
 * shared pages counted once). At work PostgreSQL may take 128 MB of shared buffers and some MB per connection more, Kafka
 * up to its heap of 512 MB and about 250 MB beside it.
 *
 * <p>If this program ends without {@link #close()}, the servers go on until the next start, unless
 * {@link Builder#endWithThisProcess()} was asked for.
 */
public final class LocalStack implements AutoCloseable {

    private final Builder settings;
    private final Object monitor = new Object();
    private final Map<ServerName, StackServer> servers = new EnumMap<>(ServerName.class);
    private final AtomicBoolean started = new AtomicBoolean();
    private boolean closed;
    private @Nullable FolderLock lock;
    private @Nullable Guardian guardian;
    private @Nullable ExecutorService starters;

    private LocalStack(Builder settings) {
        this.settings = settings;
    }

    /**
     * A stack on this folder, which is made if it is missing.
     *
     * @param dataFolder holds data, logs, ports and the password of PostgreSQL; one stack at a time
     */
    public static Builder builder(Path dataFolder) {
        return new Builder(dataFolder);
    }

    /**
     * Starts all servers and waits until they answer.
     *
     * @throws DataFolderInUseException if another living stack works on the folder
     * @throws DataFolderUnusableException if the folder cannot hold the data, or holds data these servers cannot read
     * @throws ServerFailedException if a server does not start
     * @throws UnsupportedPlatformException if there are no servers for this system
     */
    public void start() {
        List<Future<StackServer>> starts = new ArrayList<>();
        ExecutorCompletionService<StackServer> completions;
        synchronized (monitor) {
            if (closed || lock != null) {
                throw new IllegalStateException("a stack is started once");
            }
            Platform platform = Platform.current();
            DataFolder folder = DataFolder.open(settings.dataFolder, settings.leastSpaceBytes);
            lock = FolderLock.acquire(folder.root());
            try {
                endLeftovers(folder);
                makeServers(folder, platform);
            } catch (RuntimeException e) {
                releaseLock();
                throw e;
            }
            ExecutorService executor = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("local-stack-", 0).factory());
            starters = executor;
            completions = new ExecutorCompletionService<>(executor);
            for (StackServer server : servers.values()) {
                starts.add(completions.submit(server::start, server));
            }
        }
        try {
            for (int i = 0; i < starts.size(); i++) {
                completions.take().get();
            }
            started.set(true);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new LocalStackException("the servers did not start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new LocalStackException("the start was interrupted", e);
        }
    }

    private void makeServers(DataFolder folder, Platform platform) {
        if (settings.endWithThisProcess) {
            guardian = Guardian.start();
        }
        StackContext context = new StackContext(
                folder,
                BinaryCache.in(settings.binaryFolders(folder)),
                new PortBook(folder.root().resolve("ports.properties")),
                platform,
                settings.durability,
                settings.advertisedKafkaPort,
                settings.progress,
                guardian,
                started);
        for (ServerName name : settings.servers) {
            servers.put(
                    name,
                    switch (name) {
                        case POSTGRES -> new PostgresServer(context);
                        case REDIS -> new RedisServer(context);
                        case KAFKA -> new KafkaServer(context);
                    });
        }
    }

    /** All that the pid files know, also servers that this stack will not start. */
    private void endLeftovers(DataFolder folder) {
        for (ServerName name : ServerName.values()) {
            PidFile file = folder.pidFile(name);
            file.living().ifPresent(left -> {
                settings.progress.onStep(
                        name, "ending process " + left.identity().pid() + ", left by an earlier run");
                Signals polite = name == ServerName.POSTGRES ? Signals.INT : Signals.TERM;
                left.stop(polite, Duration.ofSeconds(5));
            });
            file.delete();
        }
    }

    /** PostgreSQL. */
    public PostgresServer postgres() {
        return (PostgresServer) server(ServerName.POSTGRES);
    }

    /** Redis. */
    public RedisServer redis() {
        return (RedisServer) server(ServerName.REDIS);
    }

    /** Kafka. */
    public KafkaServer kafka() {
        return (KafkaServer) server(ServerName.KAFKA);
    }

    private StackServer server(ServerName name) {
        synchronized (monitor) {
            StackServer server = servers.get(name);
            if (server == null) {
                throw new IllegalStateException(
                        name.displayName() + " is not part of this stack, or it was not started");
            }
            return server;
        }
    }

    /** Stops all servers in reverse order, within 10 s, and gives the folder free. Closing twice is no error. */
    @Override
    public void close() {
        ExecutorService running;
        synchronized (monitor) {
            closed = true;
            running = starters;
        }
        if (running != null) {
            running.shutdownNow(); // starters clean up after themselves
            running.close();
        }
        synchronized (monitor) {
            RuntimeException failure = null;
            for (StackServer server : new ArrayList<>(servers.values()).reversed()) {
                try {
                    server.stop();
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
            if (guardian != null) {
                guardian.close();
                guardian = null;
            }
            releaseLock();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private void releaseLock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Says what the stack shall be like. Not thread-safe. */
    public static final class Builder {

        private final Path dataFolder;
        private ProgressListener progress = ProgressListener.SILENT;
        private Durability durability = Durability.STANDARD;
        private Set<ServerName> servers = EnumSet.allOf(ServerName.class);
        private @Nullable Path binaryFolder;
        private long leastSpaceBytes = DataFolder.LEAST_SPACE_BYTES;
        private boolean endWithThisProcess;
        private int advertisedKafkaPort;

        private Builder(Path dataFolder) {
            this.dataFolder = Objects.requireNonNull(dataFolder, "dataFolder");
        }

        /** Who is told of each step; nobody by default. */
        public Builder progress(ProgressListener listener) {
            progress = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** What the data has to survive; {@link Durability#STANDARD} by default. */
        public Builder durability(Durability wanted) {
            durability = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /** Starts only some servers; all by default. */
        public Builder only(ServerName first, ServerName... more) {
            servers = EnumSet.of(first, more);
            return this;
        }

        /**
         * Where the servers' programs are unpacked, once per version, for all stacks of this user (100 MB);
         * {@code ~/.cache/confab/local-stack} by default, or the data folder where that cannot be written.
         */
        public Builder binaryFolder(Path folder) {
            binaryFolder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /** How much space must be free in the data folder at the start, in bytes; 512 MiB by default. */
        public Builder leastSpace(long bytes) {
            leastSpaceBytes = bytes;
            return this;
        }

        /**
         * Where Kafka tells its clients to connect to, on 127.0.0.1: a port that somebody else listens on and passes on from
         * there to {@link KafkaServer#port()}. By default that port itself.
         */
        public Builder kafkaIsReachedAt(int port) {
            advertisedKafkaPort = port;
            return this;
        }

        /** Kills the servers when this process ends in whatever way, also by kill -9. By default they go on. */
        public Builder endWithThisProcess() {
            endWithThisProcess = true;
            return this;
        }

        private List<Path> binaryFolders(DataFolder folder) {
            List<Path> folders = new ArrayList<>();
            Path home = Path.of(System.getProperty("user.home", ""));
            if (binaryFolder != null) {
                folders.add(binaryFolder);
            } else if (home.isAbsolute()) { // "?" for an account without a name
                folders.add(home.resolve(".cache").resolve("confab").resolve("local-stack"));
            }
            folders.add(folder.root().resolve("binaries"));
            return folders;
        }

        /** A stack that is not started yet, so that another thread may close it while it starts. */
        public LocalStack build() {
            return new LocalStack(this);
        }

        /** Builds it and starts it; see {@link LocalStack#start()}. */
        public LocalStack start() {
            LocalStack stack = build();
            stack.start();
            return stack;
        }
    }
}
