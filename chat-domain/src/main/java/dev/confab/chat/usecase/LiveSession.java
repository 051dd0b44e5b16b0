package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection's live conversation. */
final class LiveSession implements LiveChat.Session {

    private volatile Principal principal;
    private final String userName;
    private final ConnectionId connectionId;
    private final Lane lane;
    private final LiveChat.Listener listener;
    private final RoomEntrance entrance;
    private final LivePresence presence;
    private final LiveSessions sessions;

    /** Rooms it is in, in the order of entering; read by the heartbeat as well. Most are in few, so it is copied. */
    private volatile List<RoomId> rooms = List.of();

    private final AtomicBoolean ended = new AtomicBoolean();
    /** The same, where each delivery looks at it. */
    private volatile boolean closed;

    private boolean touched;

    LiveSession(
            Principal principal,
            String userName,
            ConnectionId connectionId,
            Lane lane,
            LiveChat.Listener listener,
            RoomEntrance entrance,
            LivePresence presence,
            LiveSessions sessions) {
        this.principal = principal;
        this.userName = userName;
        this.connectionId = connectionId;
        this.lane = lane;
        this.listener = listener;
        this.entrance = entrance;
        this.presence = presence;
        this.sessions = sessions;
    }

    Principal principal() {
        return principal;
    }

    UserId userId() {
        return principal.userId();
    }

    String userName() {
        return userName;
    }

    ConnectionId connectionId() {
        return connectionId;
    }

    Lane lane() {
        return lane;
    }

    List<RoomId> rooms() {
        return rooms;
    }

    /** Returns whether it was not in the room. Any thread. */
    synchronized boolean entered(RoomId roomId) {
        if (rooms.contains(roomId)) {
            return false;
        }
        List<RoomId> more = new ArrayList<>(rooms);
        more.add(roomId);
        rooms = List.copyOf(more);
        return true;
    }

    /** Returns whether it was in the room. Any thread. */
    synchronized boolean left(RoomId roomId) {
        List<RoomId> fewer = new ArrayList<>(rooms);
        boolean was = fewer.remove(roomId);
        rooms = List.copyOf(fewer);
        return was;
    }

    boolean isClosed() {
        return closed;
    }

    /** By its name, so that the order in which many are looked at is the same whenever the same happens. */
    @Override
    public int hashCode() {
        return connectionId.hashCode();
    }

    /** On the lane. */
    void tell(ChatEvent event) {
        if (touch()) {
            listener.onEvent(event);
        }
    }

    /** On the lane. */
    void tellAndFlush(ChatEvent event) {
        if (!closed) {
            listener.onEvent(event);
            listener.onFlush();
        }
    }

    /** On the lane. */
    void replay(ChatEvent.Timeline event) {
        if (touch()) {
            listener.onReplay(event);
        }
    }

    /** Sees to it that the session is flushed soon; false when it is over. */
    private boolean touch() {
        if (closed) {
            return false;
        }
        if (!touched) {
            touched = true;
            lane.touch(this);
        }
        return true;
    }

    /** On the lane, at the end of what it was told. */
    void flush() {
        touched = false;
        listener.onFlush();
    }

    /** On the lane. */
    CompletionStage<Void> whenWritable() {
        return listener.whenWritable();
    }

    /** Tells it nothing more, although it has not ended yet. Any thread. */
    void silence() {
        closed = true;
    }

    /** Ends the session from this side. Any thread. */
    void end(LiveChat.End reason) {
        if (shut()) {
            lane.post(() -> listener.onEnd(reason));
        }
    }

    /** The membership behind one of its rooms ended. Any thread. */
    void wasRemoved(RoomId roomId) {
        if (left(roomId)) {
            presence.left(this, roomId);
        }
    }

    @Override
    public CompletionStage<Result<LiveChat.Entry>> join(LiveChat.Resume room) {
        return entrance.enter(this, room, new ReplayBudget());
    }

    @Override
    public CompletionStage<List<Result<LiveChat.Entry>>> joinAll(List<LiveChat.Resume> rooms) {
        return joinFrom(0, rooms, ReplayBudget.forSeveralRooms(), new ArrayList<>(rooms.size()));
    }

    /** One after another: that paces a client that comes back to hundreds of rooms, and shares one budget fairly. */
    private CompletionStage<List<Result<LiveChat.Entry>>> joinFrom(
            int index, List<LiveChat.Resume> rooms, ReplayBudget budget, List<Result<LiveChat.Entry>> answers) {
        if (index == rooms.size()) {
            return CompletableFuture.completedFuture(answers);
        }
        return entrance.enter(this, rooms.get(index), budget).thenCompose(answer -> {
            answers.add(answer);
            return joinFrom(index + 1, rooms, budget, answers);
        });
    }

    @Override
    public CompletionStage<Void> leave(RoomId roomId) {
        entrance.leave(this, roomId);
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.post(() -> done.complete(null));
        return done;
    }

    @Override
    public void typing(RoomId roomId, boolean isTyping) {
        if (rooms.contains(roomId)) {
            presence.typing(this, roomId, isTyping);
        }
    }

    @Override
    public void renew(Principal renewed) {
        principal = renewed;
    }

    @Override
    public void close() {
        shut();
    }

    private boolean shut() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        closed = true;
        sessions.remove(this);
        entrance.leaveAll(this);
        presence.disconnected(this);
        return true;
    }
}
