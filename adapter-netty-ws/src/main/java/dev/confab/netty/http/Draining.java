package dev.confab.netty.http;

import java.time.Duration;

/**
 * The server is about to stop. Fired as a user event through the pipeline of every open connection of the public port:
 * each finishes what is under way and closes its channel.
 *
 * @param patience after this the server closes what is still open
 */
public record Draining(Duration patience) {}
