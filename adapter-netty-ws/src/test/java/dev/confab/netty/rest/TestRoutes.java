package dev.confab.netty.rest;

import dev.confab.netty.TestServer;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import java.util.List;

/** The routes of the public port. */
final class TestRoutes {

    private TestRoutes() {}

    static List<Route> of(TestServer server) {
        try (HealthChecks health = new HealthChecks(List.of(), System::nanoTime);
                Offloads offloads = Offloads.defaults()) {
            Limits limits = new Limits(LimitSettings.off(), System::nanoTime);
            return new RestApi(server.chat(), health, limits, offloads, () -> false).publicRoutes();
        }
    }
}
