package dev.confab.netty.ws;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on a client whose outbound queue stays full for too long. While events are replayed to it the client sets
 * the pace, and only one that takes nothing at all is given up on. Runs on the connection's event loop.
 */
final class SlowWatch {

    private final EventLoop eventLoop;
    private final Duration patience;
    private final Outbound outbound;
    private final Runnable giveUp;
    private @Nullable Future<?> timer;
    private long bytesLeft;

    SlowWatch(EventLoop eventLoop, Duration patience, Outbound outbound, Runnable giveUp) {
        this.eventLoop = eventLoop;
        this.patience = patience;
        this.outbound = outbound;
        this.giveUp = giveUp;
    }

    /** To be called whenever the queue became full or free. */
    void writabilityChanged() {
        if (outbound.isWritable()) {
            stop();
        } else if (timer == null) {
            start();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void start() {
        bytesLeft = outbound.bytesBeforeWritable();
        timer = eventLoop.schedule(this::check, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        timer = null;
        if (outbound.isWritable()) {
            return;
        }
        if (outbound.isReplaying() && outbound.bytesBeforeWritable() != bytesLeft) {
            start();
        } else {
            giveUp.run();
        }
    }
}
