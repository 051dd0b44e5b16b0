package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A server and its clients, which rest except while it is their turn. */
final class TurnSide implements AutoCloseable {

    /** What is on its way at the end of a turn has to have come by then. */
    private static final int PATIENCE_SECONDS = 30;

    private final ServerProcess server;
    private final List<RoomId> rooms;
    private final Sockets sockets;
    private final LongAdder sent = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final ConcurrentHistogram times = new ConcurrentHistogram(3);
    /** Answers of one connection come in the order of its sends; each queue belongs to its event loop. */
    private final List<Queue<Long>> due;

    /** Whether an answer is followed by the next message. */
    private volatile boolean goesOn;

    private volatile @Nullable String refusal;

    /**
     * Connects the clients.
     *
     * @param tokens of the clients, each with the room in the same place
     * @param answer the event that counts as an answer
     */
    TurnSide(ServerProcess server, List<String> tokens, List<RoomId> rooms, String answer) {
        this.server = server;
        this.rooms = rooms;
        this.due = Stream.generate(() -> (Queue<Long>) new ArrayDeque<Long>())
                .limit(tokens.size())
                .toList();
        this.sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (Frames.is(answer, text)) {
                answered(client);
            } else if (Frames.is("messageFailed", text) || Frames.is("error", text)) {
                refusal = text.toString(StandardCharsets.UTF_8);
            }
        });
    }

    private void answered(int client) {
        times.recordValue(System.nanoTime() - due.get(client).remove());
        answers.increment();
        if (goesOn) {
            send(client, System.nanoTime());
        }
    }

    /** On the client's event loop. */
    private void send(int client, long intended) {
        due.get(client).add(intended);
        sent.increment();
        sockets.send(client, Frames.sendMessage(rooms.get(client)));
    }

    private void sendSoon(int client, long intended) {
        EventLoop loop = sockets.channel(client).eventLoop();
        loop.execute(() -> send(client, intended));
    }

    /**
     * Each client sends the next message when one was answered.
     *
     * @return answers per second
     */
    double closedLoop(int outstanding, int seconds) throws InterruptedException {
        goesOn = true;
        for (int client = 0; client < sockets.size(); client++) {
            for (int i = 0; i < outstanding; i++) {
                sendSoon(client, System.nanoTime());
            }
        }
        AckBench.pause(1);
        double rate = AckBench.rate(answers::sum, seconds);
        goesOn = false;
        settle();
        return rate;
    }

    /** Messages are due at fixed moments, from which the times count. */
    Histogram openLoop(double rate, int seconds) throws InterruptedException {
        times.reset();
        int[] turn = {0};
        Pace.run(rate, seconds, intended -> sendSoon(turn[0]++ % sockets.size(), intended));
        settle();
        return times.copy();
    }

    /** Waits until everything was answered. */
    private void settle() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        do {
            AckBench.pause(1);
        } while (answers.sum() < sent.sum() && refusal == null && System.nanoTime() < end);
        if (refusal != null) {
            throw new IllegalStateException("a message was refused: " + refusal);
        }
        if (answers.sum() < sent.sum()) {
            throw new IllegalStateException(sent.sum() - answers.sum() + " messages were not answered");
        }
    }

    @Override
    public void close() {
        sockets.close();
        server.close();
    }
}
