package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;

import dev.confab.chat.Chat;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offload;
import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The REST interface: what the public port and the management port answer. Safe on any thread. */
public final class RestApi implements AutoCloseable {

    private static final int STORE_THREADS = 24;
    private static final int STORE_QUEUE = 2_048;
    private static final int PASSWORD_THREADS = 4;
    private static final int PASSWORD_QUEUE = 256;

    private final Chat chat;
    private final HealthChecks checks;
    private final Limits limits;
    private final BooleanSupplier draining;
    private final Map<Lane, Offload> lanes = Map.of(
            Lane.STORES, new Offload("confab-rest", STORE_THREADS, STORE_QUEUE),
            Lane.PASSWORDS, new Offload("confab-passwords", PASSWORD_THREADS, PASSWORD_QUEUE));

    /**
     * @param draining whether the server takes no new clients
     */
    public RestApi(Chat chat, HealthChecks checks, Limits limits, BooleanSupplier draining) {
        this.chat = chat;
        this.checks = checks;
        this.limits = limits;
        this.draining = draining;
    }

    /** Answers requests of the public port; shared by all connections. */
    public ChannelHandler publicHandler() {
        return handler(publicRoutes());
    }

    /**
     * Answers requests of the management port; shared by all connections.
     *
     * @param scrape makes the text of {@code /metrics}; may block
     */
    public ChannelHandler managementHandler(Supplier<String> scrape) {
        List<Route> routes = new ArrayList<>(new HealthEndpoints(checks, draining, true).routes());
        routes.add(new Route(
                GET,
                "/metrics",
                Access.OPEN,
                new Route.Blocking(
                        Lane.STORES, call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", scrape.get()))));
        return handler(routes);
    }

    List<Route> publicRoutes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new AuthEndpoints(chat, limits).routes());
        routes.addAll(new UserEndpoints(chat).routes());
        routes.addAll(new RoomEndpoints(chat, limits).routes());
        routes.addAll(new MessageEndpoints(chat, limits).routes());
        routes.addAll(new ReadEndpoints(chat).routes());
        routes.addAll(new HealthEndpoints(checks, draining, false).routes());
        return routes;
    }

    private ChannelHandler handler(List<Route> routes) {
        return new RestHandler(new Router(routes), chat.authenticate(), limits, lanes);
    }

    /** Waits for calls under way, at most 5 s for each lane. */
    @Override
    public void close() {
        lanes.values().forEach(Offload::close);
    }
}
