package dev.confab.netty.ws;

import dev.confab.chat.Chat;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What all connections share.
 *
 * @param blocking runs calls that block
 * @param ticker measures how long things take
 * @param events the handler of each event but {@code authenticate}
 */
record Dialect(
        Chat chat,
        WebSocketSettings settings,
        Executor blocking,
        Clock clock,
        Ticker ticker,
        WebSocketMetrics metrics,
        Map<String, EventHandler> events) {}
