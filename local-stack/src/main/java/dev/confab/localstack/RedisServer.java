package dev.confab.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redis, reachable on 127.0.0.1 only, without a password: any account of this machine can use it.
 *
 * <p>It writes nothing to the disk. What lives in it (presence, signals, counters of rate limits) is made anew after a
 * restart by those who put it there.
 */
public final class RedisServer extends StackServer {

    /** Logical databases, numbered from 0. */
    static final int DATABASES = 1024;

    private static final Duration VERSION_TIME = Duration.ofSeconds(10);

    private @Nullable Path program;

    RedisServer(StackContext context) {
        super(ServerName.REDIS, context);
    }

    /** The URI of logical database 0. */
    public String uri() {
        return uri(port(), 0);
    }

    static String uri(int port, int database) {
        return "redis://127.0.0.1:" + port + "/" + database;
    }

    @Override
    void prepare() throws IOException, InterruptedException {
        if (program == null) {
            program = findProgram();
        }
        Files.writeString(configuration(), """
                port %d
                bind 127.0.0.1
                protected-mode yes
                daemonize no
                databases %d
                save ""
                appendonly no
                loglevel notice
                """.formatted(port(), DATABASES));
    }

    private Path configuration() {
        return context().folder().run("redis.conf");
    }

    /** The 64-bit build for Linux wants OpenSSL 3 and a recent C library; the static 32-bit one runs nearly anywhere. */
    private Path findProgram() throws IOException, InterruptedException {
        List<String> candidates = switch (context().platform().toString()) {
            case "linux-amd64" -> List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
            case "linux-arm64" -> List.of("redis-server-6.2.7-linux-arm64");
            case "macos-amd64" -> List.of("redis-server-6.2.6-v5-darwin-amd64");
            default -> List.of("redis-server-6.2.6-v5-darwin-arm64");
        };
        String said = "";
        for (String candidate : candidates) {
            Path binary = unpack(candidate);
            try {
                Commands.Result result =
                        Commands.run(List.of(binary.toString(), "--version"), Path.of("/"), VERSION_TIME);
                if (result.succeeded()) {
                    return binary;
                }
                said = result.lastLine();
            } catch (IOException e) {
                said = String.valueOf(e.getMessage());
            }
        }
        throw new UnsupportedPlatformException("Redis does not run on this system: " + said);
    }

    private Path unpack(String candidate) throws IOException {
        return context()
                .binaries()
                .get(
                        candidate,
                        folder -> {
                            Path file = folder.resolve("redis-server");
                            try (InputStream in = BinaryCache.resource(candidate)) {
                                Files.copy(in, file);
                            }
                            if (!file.toFile().setExecutable(true, false)) {
                                throw new IOException("cannot make " + file + " executable");
                            }
                        },
                        () -> context().progress().onStep(name(), "unpacking " + candidate.substring(13, 18)))
                .resolve("redis-server");
    }

    @Override
    List<String> command() {
        return List.of(String.valueOf(program), configuration().toString());
    }

    @Override
    boolean answers() {
        return RedisProbe.answers(port());
    }

    @Override
    Duration patience() {
        return Duration.ofSeconds(1);
    }
}
