package dev.confab.netty;

import dev.confab.netty.http.AllowedOrigins;
import java.time.Duration;

/**
 * What an operator may choose about the server's sockets.
 *
 * @param httpPort the public port; 0: any free one
 * @param managementPort the port of metrics and detailed health; 0: any free one
 * @param backlog connections that wait to be accepted
 * @param ioThreads event loops
 * @param allowedOrigins web pages that may talk to this server from a browser
 * @param maxBodyBytes longest body of a REST request
 * @param headTimeout for the head of a request to be complete, from its first byte
 * @param bodyTimeout for the body of a request to be complete, from the end of its head
 * @param idleTimeout between an answer and the next request
 */
public record ServerSettings(
        int httpPort,
        int managementPort,
        int backlog,
        int ioThreads,
        AllowedOrigins allowedOrigins,
        int maxBodyBytes,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout) {

    /** Ports 8080 and 8081, pages of this server alone, an event loop for each processor. */
    public static ServerSettings defaults() {
        return new ServerSettings(
                8080,
                8081,
                4_096,
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                AllowedOrigins.OWN,
                1 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75));
    }

    /** The same on other ports. */
    public ServerSettings withPorts(int http, int management) {
        return new ServerSettings(
                http,
                management,
                backlog,
                ioThreads,
                allowedOrigins,
                maxBodyBytes,
                headTimeout,
                bodyTimeout,
                idleTimeout);
    }

    /** The same for other pages. */
    public ServerSettings withAllowedOrigins(AllowedOrigins origins) {
        return new ServerSettings(
                httpPort,
                managementPort,
                backlog,
                ioThreads,
                origins,
                maxBodyBytes,
                headTimeout,
                bodyTimeout,
                idleTimeout);
    }
}
