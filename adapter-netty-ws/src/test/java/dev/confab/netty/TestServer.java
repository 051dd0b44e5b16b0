package dev.confab.netty;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ServerId;
import dev.confab.netty.health.HealthCheck;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.ws.WebSocketEndpoint;
import dev.confab.netty.ws.WebSocketSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** A whole server on free ports, with chat in memory behind it. */
public final class TestServer implements AutoCloseable {

    private final Chat chat;
    private final HealthChecks health;
    private final Offloads offloads;
    private final ChatServer server;

    private TestServer(ServerSettings settings, LimitSettings limitSettings, List<HealthCheck> checks) {
        Clock clock = Clock.systemUTC();
        chat = Chat.inMemory(clock);
        health = new HealthChecks(checks, System::nanoTime);
        offloads = Offloads.defaults();
        Limits limits = new Limits(limitSettings, System::nanoTime);
        WebSocketEndpoint webSockets = new WebSocketEndpoint(
                chat,
                WebSocketSettings.defaults(new ServerId("test")),
                offloads.stores(),
                new WebSocketLimits(limits),
                clock,
                new SimpleMeterRegistry());
        server = new ChatServer(
                settings.withPorts(0, 0), chat, limits, health, () -> "confab_up 1\n", offloads, webSockets);
        try {
            server.start();
        } catch (PortTakenException e) {
            throw new AssertionError("no free port", e);
        }
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
        return new TestServer(settings, limits, checks);
    }

    public Chat chat() {
        return chat;
    }

    public ChatServer server() {
        return server;
    }

    public RestClient client() {
        return new RestClient(URI.create("http://localhost:" + server.httpPort()));
    }

    public RestClient management() {
        return new RestClient(URI.create("http://localhost:" + server.managementPort()));
    }

    @Override
    public void close() {
        server.close();
        offloads.close();
        health.close();
        chat.close();
    }
}
