package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;

import dev.confab.chat.Chat;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The REST interface: what the public port and the management port answer. Safe on any thread. */
public final class RestApi {

    private final Chat chat;
    private final HealthChecks checks;
    private final Limits limits;
    private final BooleanSupplier draining;
    private final Offloads offloads;

    /**
     * @param offloads stay open
     * @param draining whether the server takes no new clients
     */
    public RestApi(Chat chat, HealthChecks checks, Limits limits, Offloads offloads, BooleanSupplier draining) {
        this.chat = chat;
        this.checks = checks;
        this.limits = limits;
        this.offloads = offloads;
        this.draining = draining;
    }

    /** Answers requests of the public port; shared by all connections. */
    public ChannelHandler publicHandler() {
        return new RestHandler(new Router(publicRoutes()), chat.authenticate(), chat.meetUser(), limits, offloads);
    }

    /**
     * Answers requests of the management port; shared by all connections. Nobody needs a token there.
     *
     * @param scrape makes the text of {@code /metrics}; may block
     * @param draining whether the process is about to stop
     */
    public static ChannelHandler managementHandler(
            HealthChecks checks, Supplier<String> scrape, Offloads offloads, BooleanSupplier draining) {
        List<Route> routes = new ArrayList<>(new HealthEndpoints(checks, draining, true).routes());
        routes.add(new Route(
                GET,
                "/metrics",
                Access.OPEN,
                new Route.Blocking(
                        Offloads::stores,
                        call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", scrape.get()))));
        Limits unlimited = new Limits(LimitSettings.off(), System::nanoTime);
        return new RestHandler(new Router(routes), Authenticate.NOBODY, MeetUser.NOBODY, unlimited, offloads);
    }

    List<Route> publicRoutes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new AuthEndpoints(chat, limits).routes());
        routes.addAll(new UserEndpoints(chat).routes());
        routes.addAll(new RoomEndpoints(chat, limits).routes());
        routes.addAll(new ModerationEndpoints(chat).routes());
        routes.addAll(new MessageEndpoints(chat, limits).routes());
        routes.addAll(new ChangeEndpoints(chat, limits).routes());
        routes.addAll(new ReadEndpoints(chat).routes());
        routes.addAll(new NotificationEndpoints(chat).routes());
        routes.addAll(new SearchEndpoints(chat).routes());
        routes.addAll(new HealthEndpoints(checks, draining, false).routes());
        return routes;
    }
}
