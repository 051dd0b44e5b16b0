package dev.confab.netty.ws;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of WebSocket connections. Safe on any thread. */
final class WebSocketMetrics {

    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    /** One for each event loop, which alone writes to it: an adder's atomic step would show in a large room's fan-out. */
    private final List<AtomicLong> sent = new CopyOnWriteArrayList<>();

    private final LongAdder leftOut = new LongAdder();
    private final Counter slow;

    WebSocketMetrics(MeterRegistry meters) {
        Gauge.builder("confab.websocket.connections", connections, AtomicInteger::get)
                .description("Open WebSocket connections")
                .register(meters);
        FunctionCounter.builder("confab.websocket.frames.received", received, LongAdder::sum)
                .description("Text frames from clients")
                .register(meters);
        FunctionCounter.builder("confab.websocket.frames.sent", sent, WebSocketMetrics::sum)
                .description("Text frames to clients")
                .register(meters);
        FunctionCounter.builder("confab.websocket.events.left.out", leftOut, LongAdder::sum)
                .description("Events not pushed because the client did not read fast enough")
                .register(meters);
        slow = Counter.builder("confab.websocket.slow.closed")
                .description("Connections given up on because the client did not read")
                .register(meters);
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    void frameReceived() {
        received.increment();
    }

    /** The count of frames sent by one more event loop, to be raised there by {@link AtomicLong#lazySet}. */
    AtomicLong framesSentByLoop() {
        AtomicLong count = new AtomicLong();
        sent.add(count);
        return count;
    }

    private static double sum(List<AtomicLong> counts) {
        return counts.stream().mapToLong(AtomicLong::get).sum();
    }

    void eventLeftOut() {
        leftOut.increment();
    }

    void gaveUpOnSlow() {
        slow.increment();
    }
}
