package dev.confab.bench.load;

import dev.confab.bench.history.HistoryWriter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** All clients of a run. Safe on any thread. */
public final class Fleet implements AutoCloseable {

    private static final int AT_ONCE = 100;
    private static final int PATIENCE_SECONDS = 60;

    private final EventLoopGroup loops;
    private final List<ChatClient> clients = new ArrayList<>();
    private final HistoryWriter history;
    private final List<URI> gateways;
    private final List<String> rooms;
    private final Map<String, Integer> roomNumbers = new HashMap<>();
    private final String content;
    private final Numbers numbers = new Numbers();
    private final Meter meter = new Meter();
    private final Rest rest = new Rest();
    private final LongAdder open = new LongAdder();
    private final LongAdder openChanges = new LongAdder();
    private volatile String epoch = "";
    private volatile double changing;

    /**
     * Somebody who connects.
     *
     * @param token an access token that the servers take
     * @param rooms where he or she is a member, as places in the list of rooms
     */
    public record Person(String user, String token, List<Integer> rooms) {

        public Person {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * Makes the clients; nothing connects yet.
     *
     * @param gateways {@code ws://} addresses; clients are spread over them
     * @param rooms ids
     * @param content ASCII text without quotes that begins each message
     */
    public Fleet(
            List<URI> gateways,
            List<String> rooms,
            List<Person> people,
            String content,
            HistoryWriter history,
            long seed) {
        this.gateways = new CopyOnWriteArrayList<>(gateways);
        this.rooms = List.copyOf(rooms);
        this.content = content;
        this.history = history;
        for (int i = 0; i < rooms.size(); i++) {
            roomNumbers.put(rooms.get(i), i);
        }
        loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Map<EventLoop, FrameReader> readers = new HashMap<>();
        Random random = new Random(seed);
        for (Person person : people) {
            EventLoop loop = loops.next();
            FrameReader reader = readers.computeIfAbsent(loop, l -> new FrameReader(numbers));
            clients.add(new ChatClient(this, clients.size(), person, loop, reader, random.nextLong()));
        }
    }

    /** Connects all and lets them join their rooms, some at a time; returns when all are in. */
    public void connect() throws InterruptedException {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (ChatClient client : clients) {
            waiting.add(client.start());
            if (waiting.size() == AT_ONCE || client == clients.getLast()) {
                CompletableFuture<Void> all = CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new));
                all.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                waiting.clear();
            }
        }
    }

    /** How many clients there are. */
    public int size() {
        return clients.size();
    }

    /**
     * Lets a client send a message; when it is not connected, as soon as it is.
     *
     * @param room one of the client's rooms, as a place in the list of rooms
     * @param dueNanos when it should have been sent, of {@link System#nanoTime}
     */
    public void send(int client, int room, long dueNanos) {
        long number = numbers.next(dueNanos);
        meter.due.increment();
        open.increment();
        ChatClient sender = clients.get(client);
        sender.loop().execute(() -> sender.sends().send(room, number));
    }

    /** Counts and latencies. */
    public Meter meter() {
        return meter;
    }

    /** Messages that were due and whose end their senders do not know yet. */
    public long open() {
        return open.sum();
    }

    /**
     * Messages that were due before a moment and whose end their senders do not know yet.
     *
     * @param nanos of {@link System#nanoTime}
     */
    public long openDueBefore(long nanos) throws InterruptedException {
        AtomicLong count = new AtomicLong();
        onAll(client -> client.sends().open().forEach((message, sent) -> {
            if (!sent.known && numbers.due(message) - nanos < 0) {
                long unused = count.incrementAndGet();
            }
        }));
        return count.get();
    }

    /** Edits and deletions that were not answered for good yet. */
    public long openChanges() {
        return openChanges.sum();
    }

    /**
     * Lets clients edit and delete some of their messages from now on; by default none.
     *
     * @param share 0 to 1
     */
    public void change(double share) {
        changing = share;
    }

    /** Other addresses from now on, for who connects anew. */
    public void useGateways(List<URI> now) {
        gateways.addAll(0, now);
        while (gateways.size() > now.size()) {
            gateways.removeLast();
        }
    }

    /** How many clients are not in all of their rooms, or have not seen all up to these places. */
    int behind(long[] heads) throws InterruptedException {
        AtomicInteger behind = new AtomicInteger();
        onAll(client -> behind.addAndGet(client.isBehind(heads) ? 1 : 0));
        return behind.get();
    }

    /** Runs something for each client on its event loop, and waits until it was done for all. */
    void onAll(Consumer<ChatClient> task) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(clients.size());
        for (ChatClient client : clients) {
            client.loop().execute(() -> {
                try {
                    task.accept(client);
                } finally {
                    done.countDown();
                }
            });
        }
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an event loop of the load did not answer");
        }
    }

    URI gateway(int choice) {
        return gateways.get(Math.floorMod(choice, gateways.size()));
    }

    /** The life of the store that was told last; empty before anybody was greeted. */
    String epoch() {
        return epoch;
    }

    void epochIs(String told) {
        epoch = told;
    }

    List<String> rooms() {
        return rooms;
    }

    List<ChatClient> clients() {
        return clients;
    }

    int roomNumber(String room) {
        return roomNumbers.getOrDefault(room, -1);
    }

    String content() {
        return content;
    }

    Numbers numbers() {
        return numbers;
    }

    HistoryWriter history() {
        return history;
    }

    Rest rest() {
        return rest;
    }

    double changing() {
        return changing;
    }

    void changesOpen(int more) {
        openChanges.add(more);
    }

    /** The sender of a message knows its end, or that nobody will say it. */
    void ended() {
        open.decrement();
    }

    /** Closes all connections; what they were told before is in the history when this returns. */
    public void disconnect(Duration patience) throws InterruptedException {
        List<CompletableFuture<Void>> closing =
                clients.stream().map(ChatClient::stop).toList();
        try {
            CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException late) {
            // What is still open is closed with the event loops.
        }
    }

    @Override
    public void close() {
        rest.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
