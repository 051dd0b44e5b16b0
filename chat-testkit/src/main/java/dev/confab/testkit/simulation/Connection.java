package dev.confab.testkit.simulation;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A socket between a device and a gateway. What the gateway writes arrives in steps of its own, or not any more. */
final class Connection implements LiveChat.Listener {

    /** What the gateway may have written that has not arrived, before the socket counts as full. */
    private static final int MOST = 6;

    private final World world;
    private final Device device;
    private final Gateway gateway;
    private final Node node;
    private final Chat chat;
    private final Executor lane;
    private final LiveChat.Session session;
    private final Deque<Runnable> pipe = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final Set<Named> accepted = new HashSet<>();
    private final Set<Named> told = new HashSet<>();
    private CompletionStage<?> submitted = CompletableFuture.completedFuture(true);
    private boolean open = true;

    /** A send of this user. */
    record Named(RoomId roomId, ClientMessageId id) {}

    Connection(World world, Device device, Gateway gateway, Chat chat, long number) {
        this.world = world;
        this.device = device;
        this.gateway = gateway;
        this.node = gateway.node();
        this.chat = chat;
        this.lane = gateway.lane(device.lane());
        UserId user = device.person().id();
        UUID name = new UUID(9, number);
        Principal principal = new Principal(user, new SessionId(name), Instant.MAX);
        this.session = chat.liveChat().open(principal, device.person().name(), new ConnectionId(name), lane, this);
    }

    Chat chat() {
        return chat;
    }

    Node node() {
        return node;
    }

    LiveChat.Session session() {
        return session;
    }

    /** A socket is read no further before what it sent can be overtaken by nothing more. */
    boolean canSend() {
        return submitted.toCompletableFuture().isDone();
    }

    void sending(CompletionStage<?> now) {
        submitted = now;
    }

    void accepted(Named name) {
        accepted.add(name);
    }

    boolean isAccepted(Named name) {
        return accepted.contains(name);
    }

    Set<Named> accepted() {
        return accepted;
    }

    void told(Named name) {
        told.add(name);
    }

    boolean isTold(Named name) {
        return told.contains(name);
    }

    @Override
    public void onEvent(ChatEvent event) {
        if (event instanceof ChatEvent.Timeline timeline) {
            world.judge()
                    .shown(node, device.person().id(), timeline, chat.liveChat().epoch());
        }
        write(() -> device.hear(this, event, false));
    }

    @Override
    public void onReplay(ChatEvent.Timeline event) {
        world.judge().shown(node, device.person().id(), event, chat.liveChat().epoch());
        write(() -> device.hear(this, event, true));
    }

    @Override
    public CompletionStage<Void> whenWritable() {
        if (pipe.size() < MOST) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> writable = new CompletableFuture<>();
        waiting.add(writable);
        return writable;
    }

    @Override
    public void onEnd(LiveChat.End reason) {
        write(() -> {
            world.story().tell(() -> "    " + device.name() + " is told " + reason);
            device.disconnect();
        });
    }

    void write(Runnable arrival) {
        if (open) {
            pipe.add(arrival);
        }
    }

    boolean isArriving() {
        return open && !pipe.isEmpty();
    }

    /** Some of what was written arrives. */
    void arrive(Choices choices) {
        for (int left = 1 + choices.pick(4); left > 0 && isArriving(); left--) {
            pipe.remove().run();
        }
        if (open && pipe.size() < MOST) {
            List.copyOf(waiting).forEach(writable -> lane.execute(() -> writable.complete(null)));
            waiting.clear();
        }
    }

    /** The device is gone; the gateway notices. */
    void close() {
        if (open) {
            open = false;
            pipe.clear();
            gateway.disconnected(this);
            lane.execute(session::close);
        }
    }

    /** The gateway is gone. */
    void broke() {
        open = false;
        pipe.clear();
        device.disconnected(this);
    }

    @Nullable
    Gateway gateway() {
        return gateway;
    }
}
