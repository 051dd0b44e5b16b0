package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.netty.ManagementServer;
import dev.confab.netty.PortTakenException;
import dev.confab.netty.ServerSettings;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.offload.Offloads;
import java.time.Duration;

/** The endpoints of a process that talks to no client. */
final class ManagementOnly implements Endpoints {

    private final ManagementServer server;
    private final Closing closing;
    private volatile boolean draining;

    private ManagementOnly(ConfabConfig config, HealthChecks health, Meters meters) {
        closing = new Closing();
        ServerSettings settings = ServerSettings.defaults().withPorts(0, config.managementPort());
        Offloads offloads = closing.add(Offloads.defaults());
        server = closing.add(new ManagementServer(settings, health, meters::scrape, offloads, () -> draining));
    }

    static ManagementOnly start(ConfabConfig config, HealthChecks health, Meters meters) throws PortTakenException {
        ManagementOnly endpoints = new ManagementOnly(config, health, meters);
        try {
            endpoints.server.start();
            return endpoints;
        } catch (RuntimeException | PortTakenException fault) {
            endpoints.close();
            throw fault;
        }
    }

    @Override
    public int httpPort() {
        return 0;
    }

    @Override
    public int managementPort() {
        return server.port();
    }

    /** Nobody is connected but those who watch, and they are told that this process is about to stop. */
    @Override
    public void drain(Duration patience) {
        draining = true;
    }

    @Override
    public void close() {
        closing.close();
    }
}
