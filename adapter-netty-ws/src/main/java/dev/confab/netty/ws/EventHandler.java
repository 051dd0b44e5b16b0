package dev.confab.netty.ws;

import java.util.concurrent.CompletableFuture;

/** Handles the frames of one event. Runs on the connection's event loop and must not block. */
@FunctionalInterface
interface EventHandler {

    /** What to return when nothing is left to be waited for. */
    CompletableFuture<?> HANDLED = CompletableFuture.completedFuture(true);

    /** Answers the frame; the future completes, on any thread, when the next frame may be begun. */
    CompletableFuture<?> handle(ChatConnection connection, ClientFrame.Request request);
}
