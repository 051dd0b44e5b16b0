package dev.confab.netty.ws;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter slow;
    private final Counter turnedAway;
    private final Timer admission;

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
        Gauge.builder("confab.websocket.admission.waiting", waiting, AtomicInteger::get)
                .description("Connections that wait to be let in")
                .register(meters);
        admission = Timer.builder("confab.websocket.admission")
                .description("From a good token to being let in")
                .publishPercentileHistogram()
                .register(meters);
        turnedAway = Counter.builder("confab.websocket.admission.turned.away")
                .description("Connections sent away because too many came at once")
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

    /** Somebody who is to be let in, and since when. */
    record Waiting(long sinceNanos) {}

    Waiting arrived(long nanoTime) {
        waiting.incrementAndGet();
        return new Waiting(nanoTime);
    }

    void admitted(Waiting who, long nanoTime) {
        waiting.decrementAndGet();
        admission.record(nanoTime - who.sinceNanos(), TimeUnit.NANOSECONDS);
    }

    void turnedAway() {
        turnedAway.increment();
    }
}
