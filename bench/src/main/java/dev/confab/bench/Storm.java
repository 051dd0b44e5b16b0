package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Many clients who come at the same time, and stay until they are closed. */
final class Storm implements AutoCloseable {

    /** Handshakes on their way at a time: fewer than what the kernel holds for a server that has not accepted them yet. */
    private static final int WINDOW = 500;

    private static final int PATIENCE_SECONDS = 180;

    private final Sockets sockets = Sockets.nobody();
    private final Semaphore window = new Semaphore(WINDOW);
    private final ConcurrentHistogram times = new ConcurrentHistogram(3);
    private final AtomicLong events = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none failed");
    private final List<String> tokens;
    private final List<CompletableFuture<Channel>> channels;
    private final AtomicIntegerArray served;
    private final CountDownLatch done;

    /** What a client says once it is {@code connected}. */
    @FunctionalInterface
    interface Greeting {
        ByteBuf of(int client);
    }

    /**
     * How it went.
     *
     * @param times of the clients, in nanoseconds, from the beginning of the storm until each was answered
     * @param events what they were told of what they had missed
     */
    record Course(double perSecond, Histogram times, long events) {}

    /** @param tokens one for each client; an empty one is not sent */
    Storm(List<String> tokens) {
        this.tokens = tokens;
        this.channels = Stream.generate(CompletableFuture<Channel>::new)
                .limit(tokens.size())
                .toList();
        this.served = new AtomicIntegerArray(tokens.size());
        this.done = new CountDownLatch(tokens.size());
    }

    /**
     * Lets all come, and returns when all are served.
     *
     * @param greeting its reply is what they come for; null: they come to shake hands
     */
    Course come(URI server, @Nullable Greeting greeting) throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < tokens.size(); i++) {
            int client = i;
            if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no handshake ends any more; " + firstFailure.get());
            }
            CompletableFuture<Channel> opened = channels.get(client);
            opened.whenComplete((channel, fault) -> {
                window.release();
                if (fault != null) {
                    failed(client, fault.toString());
                } else {
                    channel.closeFuture().addListener(closed -> failed(client, "closed"));
                    if (greeting == null) {
                        served(client, begin);
                    }
                }
            });
            sockets.open(server, tokens.get(client), client, (who, text) -> hear(who, text, begin, greeting), opened);
        }
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(done.getCount() + " clients were not served; " + firstFailure.get());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " clients failed, the first with: " + firstFailure.get());
        }
        return new Course(tokens.size() / seconds, times.copy(), events.get());
    }

    private void hear(int client, ByteBuf text, long begin, @Nullable Greeting greeting) {
        if (Frames.is("newMessage", text)) {
            events.incrementAndGet();
        } else if (Frames.is("connected", text) && greeting != null) {
            channels.get(client).thenAccept(channel -> Sockets.send(channel, greeting.of(client)));
        } else if (Frames.is("reply", text)) {
            String reply = text.toString(StandardCharsets.UTF_8);
            if (reply.contains("\"success\":false") || reply.contains("\"recovered\":false,\"gap\":{")) {
                failed(client, reply);
            } else {
                served(client, begin);
            }
        } else if (Frames.is("error", text) || Frames.is("goAway", text)) {
            failed(client, text.toString(StandardCharsets.UTF_8));
        }
    }

    private void failed(int client, String why) {
        if (served.getAndSet(client, 1) == 0) {
            firstFailure.compareAndSet("none failed", why);
            failures.incrementAndGet();
            done.countDown();
        }
    }

    private void served(int client, long begin) {
        if (served.getAndSet(client, 1) == 0) {
            times.recordValue(System.nanoTime() - begin);
            done.countDown();
        }
    }

    /** Returns when the server has closed them all. */
    void awaitClosed() {
        channels.forEach(
                opened -> opened.join().closeFuture().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        channels.forEach(opened -> opened.thenAccept(Channel::close));
        sockets.close();
    }
}
