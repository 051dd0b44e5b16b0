package dev.confab.netty.ws;

import dev.confab.chat.model.ServerId;
import java.time.Duration;

/**
 * What an operator may choose for WebSocket connections.
 *
 * @param serverId as {@code connected} tells it
 * @param maxFrameBytes longest text message of a client, in bytes, all its fragments together
 * @param heartbeat time between two pings
 * @param silence a peer that sent nothing for so long is dropped
 * @param authenticateWithin how long a connection without a token may wait with its {@code authenticate}
 * @param slowAfter a client whose outbound queue stays full for so long is given up on (4408)
 * @param closeWithin how long a peer may take to answer a close frame
 * @param lowWaterMark bytes in the outbound queue at which a full one counts as free again
 * @param highWaterMark bytes in the outbound queue at which it counts as full: live events are left out
 * @param reconnectSpread when the server drains, clients are told to come back at a random time within this
 */
public record WebSocketSettings(
        ServerId serverId,
        int maxFrameBytes,
        Duration heartbeat,
        Duration silence,
        Duration authenticateWithin,
        Duration slowAfter,
        Duration closeWithin,
        int lowWaterMark,
        int highWaterMark,
        Duration reconnectSpread) {

    /** 64 KiB a frame, pings every 20 s, 45 s of silence, 5 s to authenticate, 30 s of slowness, a queue of 256 KiB. */
    public static WebSocketSettings defaults(ServerId serverId) {
        return new WebSocketSettings(
                serverId,
                64 * 1024,
                Duration.ofSeconds(20),
                Duration.ofSeconds(45),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                64 * 1024,
                256 * 1024,
                Duration.ofSeconds(5));
    }
}
