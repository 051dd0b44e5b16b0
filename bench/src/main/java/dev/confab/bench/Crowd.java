package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server and the clients that all of its frames go to. One client's frame is the trigger of one for each; all rest
 * except while {@link #begin triggers} are on their way.
 */
final class Crowd implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final ServerProcess server;
    private final RoomId room;
    private final long answer;
    private final Sockets sockets;
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch joined;
    private volatile int wanted;

    /** What was delivered in some time, and what it took of the server's processor. */
    record Share(long deliveries, double cpuSeconds) {

        double perCpuSecond() {
            return deliveries / cpuSeconds;
        }

        Share and(Share other) {
            return new Share(deliveries + other.deliveries, cpuSeconds + other.cpuSeconds);
        }
    }

    /**
     * Connects the clients.
     *
     * @param tokens of the clients
     * @param frames how many each is sent for one trigger
     * @param chat whether they have to join the room first, and hear other things as well
     */
    Crowd(ServerProcess server, List<String> tokens, RoomId room, int frames, boolean chat)
            throws InterruptedException {
        this.server = server;
        this.room = room;
        this.answer = (long) tokens.size() * frames;
        this.joined = new CountDownLatch(chat ? tokens.size() : 0);
        this.sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (chat && Frames.is("reply", text)) {
                joined.countDown();
            } else if (!chat || Frames.is("newMessage", text)) {
                length.setPlain(text.readableBytes());
                delivered();
            }
        });
        for (int client = 0; chat && client < tokens.size(); client++) {
            sockets.send(client, Frames.joinRoom(room));
        }
        if (!joined.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            close();
            throw new IllegalStateException(joined.getCount() + " clients could not join the room");
        }
    }

    private void delivered() {
        if (deliveries.incrementAndGet() % answer == 0) {
            int most = wanted;
            if (underWay.getAndUpdate(now -> now > most ? now - 1 : now) <= most) {
                sockets.send(0, Frames.sendMessage(room));
            }
        }
    }

    /** Lets so many triggers be on their way at a time from now on. */
    void begin(int triggers) {
        wanted = triggers;
        while (underWay.get() < triggers) {
            underWay.incrementAndGet();
            sockets.send(0, Frames.sendMessage(room));
        }
    }

    /** Returns when nothing is on its way any more. */
    void rest() throws InterruptedException {
        wanted = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (underWay.get() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(underWay.get() + " messages did not reach all");
            }
            AckBench.pause(1);
        }
    }

    /** Bytes of text in the last frame. */
    int frameLength() {
        return length.getPlain();
    }

    /** Looks at what goes on for some time. */
    Share watch(int seconds) throws InterruptedException {
        long before = deliveries.get();
        double cpuBefore = server.cpu().toNanos();
        AckBench.pause(seconds);
        return new Share(deliveries.get() - before, (server.cpu().toNanos() - cpuBefore) / 1e9);
    }

    @Override
    public void close() {
        sockets.close();
        server.close();
    }
}
