package dev.confab.bootstrap.e2e;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens.Claims;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.jdbi.JdbiSettings;
import dev.confab.jdbi.JdbiStores;
import dev.confab.localstack.SharedStack;
import dev.confab.netty.auth.JwtAccessTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gateways and workers as processes of their own, on one set of real servers; each installation has a database of its own. */
final class Installation implements AutoCloseable {

    private final Map<String, String> environment = new HashMap<>();
    private final List<ServerProcess> processes = new ArrayList<>();

    Installation() {
        SharedStack stack = SharedStack.get();
        environment.putAll(Map.of(
                "CONFAB_DB_URL", stack.newDatabase(),
                "CONFAB_DB_USER", stack.postgresUser(),
                "CONFAB_DB_PASSWORD", stack.postgresPassword(),
                "CONFAB_DB_POOL", "12",
                "CONFAB_KAFKA_BROKERS", stack.kafkaBootstrap(),
                "CONFAB_KAFKA_REPLICATION", "1",
                "CONFAB_REDIS_URL", stack.newRedisDatabase(),
                "CONFAB_NAMESPACE", stack.newTopicPrefix(),
                "CONFAB_JWT_SECRET", "a secret for tests that is long enough",
                "CONFAB_HTTP_PORT", "0"));
        environment.put("CONFAB_MANAGEMENT_PORT", "0");
        for (String limit : List.of("MESSAGES", "REST", "JOINS", "ADDRESS", "REGISTER", "CONNECTIONS")) {
            environment.put("CONFAB_LIMIT_" + limit, "off");
        }
    }

    /** Changes a setting for processes that are started from now on. */
    Installation with(String key, String value) {
        environment.put(key, value);
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Starts processes with the same arguments side by side and waits until all are ready. */
    List<ServerProcess> start(int count, String... command) throws IOException {
        List<ServerProcess> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(ServerProcess.start(environment, "dev.confab.bootstrap.Main", command));
        }
        processes.addAll(started);
        started.forEach(ServerProcess::awaitReady);
        return started;
    }

    /** Starts another main class, and waits until it is ready. */
    ServerProcess startMain(String mainClass, String... arguments) throws IOException {
        ServerProcess process = ServerProcess.start(environment, mainClass, arguments);
        processes.add(process);
        process.awaitReady();
        return process;
    }

    /** People who are logged in, made in the store itself where hashing passwords is not what is tried. */
    List<RestClient.Account> people(int count) {
        Clock clock = Clock.systemUTC();
        JwtAccessTokens issuer =
                new JwtAccessTokens(setting("CONFAB_JWT_SECRET").getBytes(StandardCharsets.UTF_8), clock);
        JdbiSettings database =
                new JdbiSettings(setting("CONFAB_DB_URL"), setting("CONFAB_DB_USER"), setting("CONFAB_DB_PASSWORD"), 2);
        List<RestClient.Account> people = new ArrayList<>();
        try (JdbiStores stores = JdbiStores.open(database, clock, new SecureRandom())) {
            for (int i = 0; i < count; i++) {
                UserId id = UserId.random();
                String email = id + "@example.org";
                if (!stores.users().add(new User(id, email, "P" + i, clock.instant()), new PasswordHash("none"))) {
                    throw new AssertionError("not added");
                }
                Claims claims =
                        new Claims(id, SessionId.random(), clock.instant().plus(Duration.ofHours(1)));
                people.add(new RestClient.Account(id.toString(), "P" + i, email, issuer.issue(claims), ""));
            }
        }
        return people;
    }

    private String setting(String key) {
        return Objects.requireNonNull(environment.get(key), key);
    }

    static List<URI> urls(List<ServerProcess> gateways) {
        return gateways.stream().map(ServerProcess::url).toList();
    }

    @Override
    public void close() {
        processes.forEach(ServerProcess::kill);
    }
}
