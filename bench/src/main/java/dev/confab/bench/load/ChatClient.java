package dev.confab.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One person's client, as a careful one is: it remembers where it was in each room and what was not answered, comes back
 * when it was cut off, resumes, fetches what it was told it missed, and sends again under the same name.
 *
 * <p>Used on its event loop alone, but for {@link #start()} and {@link #stop()}.
 */
final class ChatClient implements Connection.Listener {

    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LONGEST_DELAY_MILLIS = 3_000;

    private final Fleet fleet;
    private final int number;
    private final Fleet.Person person;
    private final EventLoop loop;
    private final FrameReader reader;
    private final Random random;
    private final HistoryWriter history;
    private final Meter meter;
    private final Sends sends;
    private final Changes changes;
    private final List<RoomState> rooms = new ArrayList<>();
    private final CompletableFuture<Void> joinedAll = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private @Nullable Channel channel;
    private boolean greeted;
    private boolean stopped;
    private int connection;
    private int failedAttempts;
    private int gateway;
    private String epoch = "";

    ChatClient(Fleet fleet, int number, Fleet.Person person, EventLoop loop, FrameReader reader, long seed) {
        this.fleet = fleet;
        this.number = number;
        this.person = person;
        this.loop = loop;
        this.reader = reader;
        this.random = new Random(seed);
        this.history = fleet.history();
        this.meter = fleet.meter();
        this.gateway = number;
        this.sends = new Sends(fleet, this);
        this.changes = new Changes(fleet, this, random);
        person.rooms().forEach(room -> rooms.add(new RoomState(room)));
    }

    EventLoop loop() {
        return loop;
    }

    int number() {
        return number;
    }

    Fleet.Person person() {
        return person;
    }

    Sends sends() {
        return sends;
    }

    Changes changes() {
        return changes;
    }

    /** Where it is connected, or was last. */
    URI server() {
        return fleet.gateway(gateway);
    }

    /** Completes when it is in all its rooms for the first time. */
    CompletableFuture<Void> start() {
        loop.execute(this::connect);
        return joinedAll;
    }

    /** Goes for good; completes when the connection is closed. */
    CompletableFuture<Void> stop() {
        loop.execute(() -> {
            stopped = true;
            Channel current = channel;
            if (current == null) {
                gone.complete(null);
            } else {
                current.writeAndFlush(new CloseWebSocketFrame(1000, "")).addListener(ChannelFutureListener.CLOSE);
            }
        });
        return gone;
    }

    private void connect() {
        if (stopped || channel != null) {
            return;
        }
        connection++;
        Connection.open(loop, fleet.gateway(gateway), person.token(), reader, this);
    }

    @Override
    public void opened(Channel opened) {
        channel = opened;
        if (stopped) {
            opened.close();
        }
    }

    @Override
    public void notOpened() {
        comeBack();
    }

    @Override
    public void closed(int code) {
        channel = null;
        if (greeted) {
            history.write(new Operation.Closed(now(), code));
        }
        greeted = false;
        rooms.forEach(RoomState::disconnected);
        if (stopped) {
            gone.complete(null);
            return;
        }
        meter.lost.increment();
        if (code == Connection.UNAUTHENTICATED) {
            stopped = true; // the same token would be refused again
            joinedAll.completeExceptionally(new IllegalStateException("a token was refused"));
            gone.complete(null);
            return;
        }
        comeBack();
    }

    /** Later, somewhere else. */
    private void comeBack() {
        gateway++;
        later(failedAttempts++, this::connect);
    }

    /** Twice as late each time, anywhere within that, so that many who were cut off at once do not come at once. */
    void later(int attempt, Runnable task) {
        long most = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempt, 10));
        var unused = loop.schedule(task, random.nextLong(most / 4, most), TimeUnit.MILLISECONDS);
    }

    @Override
    public void heard(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Greeting greeting -> greeted(greeting);
            case ServerFrame.Event event -> shown(event);
            case ServerFrame.Accepted accepted -> sends.accepted(accepted.key());
            case ServerFrame.Failed failed -> sends.failed(failed);
            case ServerFrame.Rejected rejected -> {
                sends.rejected(rejected);
                changes.rejected(rejected.key());
            }
            case ServerFrame.Reply reply -> {
                if (isOfChange(reply.ref())) {
                    changes.accepted(reply.ref().substring(1));
                } else {
                    joined(reply);
                }
            }
            case ServerFrame.Refusal refusal -> refused(refusal);
            case ServerFrame.Head head -> {
                history.write(new Operation.RoomHead(now(), head.room(), head.seq()));
                RoomState room = state(head.room());
                if (room != null) {
                    boolean fetching = room.owes();
                    room.owe(head.seq());
                    if (!fetching) {
                        fetch(room, connection);
                    }
                }
            }
            case ServerFrame.Gone left -> {
                if (left.user().equals(person.user())) {
                    history.write(new Operation.Left(now(), left.room()));
                }
            }
            case ServerFrame.Other other -> {}
        }
    }

    private void greeted(ServerFrame.Greeting greeting) {
        greeted = true;
        failedAttempts = 0;
        meter.connected.increment();
        history.write(new Operation.Connected(now(), greeting.user(), greeting.server(), greeting.epoch()));
        rooms.forEach(this::join);
        epoch = greeting.epoch();
        fleet.epochIs(epoch);
        sends.connected();
        changes.connected();
    }

    private static boolean isOfChange(String ref) {
        return !ref.isEmpty() && ref.charAt(0) == Changes.REF;
    }

    private void join(RoomState room) {
        if (!greeted || room.isLive()) {
            return;
        }
        String id = fleet.rooms().get(room.room);
        history.write(new Operation.Joining(now(), id, room.lastSeq()));
        boolean unused = write(ClientFrames.join(rooms.indexOf(room), id, room.lastSeq(), room.epoch()));
    }

    private void joined(ServerFrame.Reply reply) {
        RoomState room = rooms.get(Integer.parseInt(reply.ref()));
        JsonNode data = reply.data();
        long head = data.path("seq").asLong();
        boolean gap = data.hasNonNull("gap");
        Operation.Begin begin = gap
                ? Operation.Begin.GAP
                : data.path("reset").asBoolean()
                        ? Operation.Begin.RESET
                        : data.path("recovered").asBoolean() ? Operation.Begin.RECOVERED : Operation.Begin.LIVE;
        history.write(new Operation.Joined(
                now(),
                fleet.rooms().get(room.room),
                head,
                begin,
                gap ? data.path("gap").path("from").asLong() : 0));
        room.joined(head, gap, data.path("epoch").asText(epoch));
        meter.joined.increment();
        if (begin == Operation.Begin.RESET) {
            sends.roomBeganAnew(room.room);
        }
        if (gap) {
            fetch(room, connection);
        }
        if (rooms.stream().allMatch(RoomState::isLive)) {
            joinedAll.complete(null);
        }
    }

    private void refused(ServerFrame.Refusal refusal) {
        String ref = refusal.ref();
        if (ref != null && isOfChange(ref)) {
            changes.failed(ref.substring(1), refusal.code());
            return;
        }
        if (ref == null || ref.isEmpty() || !Character.isDigit(ref.charAt(0))) {
            meter.failed("error " + refusal.code());
            return;
        }
        RoomState room = rooms.get(Integer.parseInt(ref));
        history.write(new Operation.NotJoined(now(), fleet.rooms().get(room.room), refusal.code()));
        meter.failed("join " + refusal.code());
        int here = connection;
        later(2, () -> {
            if (here == connection) {
                join(room);
            }
        });
    }

    private void fetch(RoomState room, int here) {
        URI from = fleet.gateway(gateway);
        fleet.rest()
                .events(from, person.token(), fleet.rooms().get(room.room), room.seen())
                .whenCompleteAsync(
                        (page, fault) -> {
                            if (here != connection || !greeted) {
                                return; // it resumes from what it has
                            }
                            if (fault != null) {
                                later(2, () -> fetch(room, here));
                                return;
                            }
                            page.events().forEach(shown -> {
                                history.write(new Operation.Fetched(now(), shown));
                                room.fetched(shown.seq());
                                String key = shown.key();
                                if (key != null && person.user().equals(shown.sender())) {
                                    boolean unused = sends.shown(fleet.numbers().number(key));
                                }
                            });
                            if (room.owes()) {
                                fetch(room, here);
                            }
                        },
                        loop);
    }

    private void shown(ServerFrame.Event event) {
        history.write(new Operation.Received(now(), event.shown()));
        meter.received.increment();
        RoomState room = state(event.shown().room());
        boolean isNew = room != null && room.received(event.shown().seq());
        if (person.user().equals(event.shown().sender())) {
            if (sends.shown(event.number()) && room != null) {
                changes.shown(room.room, event.shown().id());
            }
        } else if (isNew && event.number() != Numbers.NONE) {
            meter.record(
                    Meter.Stage.DELIVERED, System.nanoTime() - fleet.numbers().due(event.number()));
        }
    }

    /** Whether there is something that it should have seen and has not. */
    boolean isBehind(long[] heads) {
        for (RoomState room : rooms) {
            if (!room.isLive() || room.owes() || room.seen() < heads[room.room]) {
                return true;
            }
        }
        return false;
    }

    private @Nullable RoomState state(String id) {
        int room = fleet.roomNumber(id);
        for (RoomState each : rooms) {
            if (each.room == room) {
                return each;
            }
        }
        return null;
    }

    /** Puts a frame on the connection; returns whether there is one that was greeted. */
    boolean write(ByteBuf text) {
        Channel current = channel;
        if (current == null || !greeted) {
            text.release();
            return false;
        }
        current.writeAndFlush(new TextWebSocketFrame(text), current.voidPromise());
        return true;
    }

    boolean isGreeted() {
        return greeted;
    }

    /** Counts the client's connections. */
    int connection() {
        return connection;
    }

    Operation.At now() {
        return history.now(number, connection);
    }
}
