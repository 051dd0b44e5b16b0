package dev.confab.netty;

import dev.confab.chat.Chat;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.netty.auth.Argon2PasswordHasher;
import dev.confab.netty.auth.Argon2Settings;
import dev.confab.netty.auth.TokenSettings;
import dev.confab.netty.auth.TokensOfBoth;
import dev.confab.netty.health.HealthCheck;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.ws.WebSocketEndpoint;
import dev.confab.netty.ws.WebSocketSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A whole server on free ports, with chat in memory behind it. */
public final class TestServer implements AutoCloseable {

    /** Signs tokens, for tests that forge some. */
    public static final byte[] SECRET = "a secret of tests, 32 bytes long!".getBytes(StandardCharsets.UTF_8);

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Chat chat;
    private final ChatServer server;

    /** What tests may choose of a server. */
    private record Choices(
            ServerSettings settings,
            LimitSettings limits,
            List<HealthCheck> checks,
            TokenSettings tokens,
            ContentPolicy contentPolicy,
            WebSocketSettings webSockets) {

        private static final TokenSettings OWN_TOKENS =
                new TokenSettings(new String(SECRET, StandardCharsets.UTF_8), null);
        private static final WebSocketSettings WEB_SOCKETS = WebSocketSettings.defaults(new ServerId("test"));

        Choices(ServerSettings settings, LimitSettings limits, List<HealthCheck> checks) {
            this(settings, limits, checks, OWN_TOKENS, ContentPolicy.ANYTHING, WEB_SOCKETS);
        }

        Choices(TokenSettings tokens, ContentPolicy contentPolicy, WebSocketSettings webSockets) {
            this(
                    ServerSettings.defaults().withPorts(0, 0),
                    LimitSettings.off(),
                    List.of(),
                    tokens,
                    contentPolicy,
                    webSockets);
        }
    }

    private TestServer(Choices choices) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        InMemoryStores stores = new InMemoryStores(clock, random);
        ChatPorts ports = new ChatPorts(
                stores.messageLog(),
                opened(new InMemoryEventBus()),
                stores.rooms(),
                stores.users(),
                stores.logins(),
                stores.readMarkers(),
                stores.notifications(),
                stores.messageSearch(),
                opened(new InMemoryPresence(clock)),
                opened(new InMemorySignals()),
                opened(new InMemoryRevocations(clock)),
                TokensOfBoth.of(choices.tokens(), clock),
                // As cheap as can be: what it costs in production would be most of what tests wait for.
                new Argon2PasswordHasher(new Argon2Settings(64, 1, 1, 4), random),
                choices.contentPolicy());
        Offloads offloads = opened(Offloads.defaults());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("test-timer").factory());
        closing.push(timer::shutdownNow);
        opened(Chat.startWorker(ports.eventBus(), ports.messageLog(), ports.messageSearch(), timer));
        ScheduledExecutorService relay = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("test-relay").factory());
        closing.push(relay::shutdownNow);
        opened(Chat.startRelay(
                new RelayPorts(stores.outbox(), ports.eventBus(), ports.messageLog(), ports.rooms(), ports.users()),
                relay));
        chat = opened(Chat.start(
                ports, new ChatRuntime(clock, random, random, offloads.stores(), timer), ChatSettings.defaults()));
        HealthChecks health = opened(new HealthChecks(choices.checks(), System::nanoTime));
        Limits limits = new Limits(choices.limits(), System::nanoTime);
        WebSocketEndpoint webSockets =
                new WebSocketEndpoint(chat, choices.webSockets(), offloads.stores(), limits, clock, meters);
        server = opened(
                new ChatServer(choices.settings(), chat, limits, health, () -> "confab_up 1\n", offloads, webSockets));
    }

    private <T extends AutoCloseable> T opened(T part) {
        closing.push(part);
        return part;
    }

    /** A server without limits. */
    public static TestServer start() {
        return start(ServerSettings.defaults(), LimitSettings.off());
    }

    public static TestServer start(ServerSettings settings, LimitSettings limits) {
        return start(
                settings,
                limits,
                List.of(
                        HealthCheck.required("database", () -> {}),
                        HealthCheck.optional("redis", () -> {}),
                        HealthCheck.required("kafka", () -> {})));
    }

    public static TestServer start(ServerSettings settings, LimitSettings limits, List<HealthCheck> checks) {
        try {
            return started(new TestServer(new Choices(settings.withPorts(0, 0), limits, checks)));
        } catch (PortTakenException e) {
            throw new AssertionError("no free port", e);
        }
    }

    /** A server that takes these tokens and allows what the policy allows. */
    public static TestServer start(TokenSettings tokens, ContentPolicy contentPolicy) {
        return startAnywhere(new Choices(tokens, contentPolicy, Choices.WEB_SOCKETS));
    }

    /** A server without limits that gives up on clients after they were slow for so long. */
    public static TestServer startThatGivesUpOnSlow(Duration after) {
        WebSocketSettings usual = Choices.WEB_SOCKETS;
        return startAnywhere(new Choices(
                Choices.OWN_TOKENS,
                ContentPolicy.ANYTHING,
                new WebSocketSettings(
                        usual.serverId(),
                        usual.maxFrameBytes(),
                        usual.heartbeat(),
                        usual.silence(),
                        usual.authenticateWithin(),
                        after,
                        usual.closeWithin(),
                        usual.lowWaterMark(),
                        usual.highWaterMark(),
                        usual.reconnectSpread())));
    }

    private static TestServer startAnywhere(Choices choices) {
        try {
            return started(new TestServer(choices));
        } catch (PortTakenException e) {
            throw new AssertionError("no free port", e);
        }
    }

    public static TestServer startOn(int httpPort, int managementPort) throws PortTakenException {
        return started(new TestServer(new Choices(
                ServerSettings.defaults().withPorts(httpPort, managementPort), LimitSettings.off(), List.of())));
    }

    private static TestServer started(TestServer made) throws PortTakenException {
        try {
            made.server.start();
            return made;
        } catch (PortTakenException e) {
            made.close();
            throw e;
        }
    }

    public Chat chat() {
        return chat;
    }

    public ChatServer server() {
        return server;
    }

    /** What is counted of WebSocket connections. */
    public MeterRegistry meters() {
        return meters;
    }

    public RestClient client() {
        return new RestClient(URI.create("http://localhost:" + server.httpPort()));
    }

    public RestClient management() {
        return new RestClient(URI.create("http://localhost:" + server.managementPort()));
    }

    @Override
    public void close() {
        closing.forEach(part -> {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        closing.clear();
    }
}
