package dev.confab.chat;

import dev.confab.chat.inmemory.InMemoryAccessTokens;
import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.inmemory.Pbkdf2PasswordHasher;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.NotifierPorts;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.Subscription;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Several gateways and a worker on one set of in-memory adapters, each gateway with a bus that a test may spoil. */
final class Township implements AutoCloseable {

    final InMemoryStores stores;
    final InMemoryBroker broker = new InMemoryBroker();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    private final InMemoryPresence.Hub presenceHub = new InMemoryPresence.Hub(clock);
    private final InMemorySignals.Hub signalHub = new InMemorySignals.Hub();
    private final InMemoryRevocations.Hub revocationHub = new InMemoryRevocations.Hub(clock);
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<ExecutorService> lanes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    /** What may be said now; may change at any time. */
    volatile ContentPolicy contentPolicy = ContentPolicy.ANYTHING;

    private Subscription worker;

    Township() {
        stores = new InMemoryStores(clock, random);
        worker = Chat.startWorker(broker.connect(), stores.messageLog(), stores.messageSearch(), timer);
    }

    Chat gateway() {
        return gateway(bus -> bus);
    }

    Chat gateway(UnaryOperator<EventBus> spoil) {
        return gateway(spoil, rooms -> rooms, new InMemorySignals(signalHub));
    }

    /** A gateway that hears no signal of the others. */
    Chat deafGateway() {
        return deafGateway(bus -> bus);
    }

    Chat deafGateway(UnaryOperator<EventBus> spoil) {
        return gateway(spoil, rooms -> rooms, new InMemorySignals());
    }

    /** The same with something done to what it reads of rooms. */
    Chat deafGatewayReading(UnaryOperator<RoomStore> rooms) {
        return gateway(bus -> bus, rooms, new InMemorySignals());
    }

    private Chat gateway(UnaryOperator<EventBus> spoil, UnaryOperator<RoomStore> spoilRooms, InMemorySignals signals) {
        ChatPorts ports = new ChatPorts(
                stores.messageLog(),
                spoil.apply(broker.connect()),
                spoilRooms.apply(stores.rooms()),
                stores.users(),
                stores.logins(),
                stores.readMarkers(),
                stores.notifications(),
                stores.messageSearch(),
                new InMemoryPresence(presenceHub),
                signals,
                new InMemoryRevocations(revocationHub),
                new InMemoryAccessTokens(clock, random),
                new Pbkdf2PasswordHasher(random, 1_000),
                body -> contentPolicy.check(body));
        ChatSettings settings = new ChatSettings(Duration.ofDays(1), Duration.ofDays(30), 3, Duration.ofMillis(20));
        Chat chat = Chat.start(ports, new ChatRuntime(clock, random, random, blocking, timer), settings);
        open.add(chat);
        return chat;
    }

    /** Another node that tells people of what they have not read; the test closes it. */
    Subscription notifier(Notifier notifier, NotificationSettings settings) {
        return Chat.startNotifier(
                new NotifierPorts(broker.connect().notifications(), stores.notifications(), notifier),
                new ChatRuntime(clock, random, random, blocking, timer),
                settings);
    }

    /** What another server would signal. */
    void signal(Signal signal) {
        new InMemorySignals(signalHub).send(signal);
    }

    void stopWorker() {
        worker.close();
    }

    void restartWorker() {
        worker = Chat.startWorker(broker.connect(), stores.messageLog(), stores.messageSearch(), timer);
    }

    /** Begins to tell of what happens to rooms, what happened before included. */
    void startRelay() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        lanes.add(thread);
        open.add(Chat.startRelay(
                new RelayPorts(stores.outbox(), broker.connect(), stores.messageLog(), stores.rooms(), stores.users()),
                thread));
    }

    static User register(Chat chat, String name) {
        return value(chat.registerUser().register(name + "@example.org", "correct horse", name));
    }

    static Room room(Chat chat, User owner, User... members) {
        return value(chat.createRoom()
                        .create(new CreateRoom.NewRoom(
                                owner.id(),
                                "The room",
                                Visibility.PUBLIC,
                                List.of(members).stream().map(User::id).toList(),
                                null,
                                Map.of())))
                .room();
    }

    /** Opens a session on a lane of its own. */
    Recorder connect(Chat chat, User user) {
        ExecutorService lane = Executors.newSingleThreadExecutor();
        lanes.add(lane);
        return connect(chat, user, lane);
    }

    Recorder connect(Chat chat, User user, ExecutorService lane) {
        Recorder recorder = new Recorder(lane);
        Principal principal =
                new Principal(user.id(), SessionId.random(), Instant.now().plusSeconds(600));
        LiveChat.Session session =
                chat.liveChat().open(principal, user.nickname(), ConnectionId.random(), lane, recorder);
        recorder.begin(session);
        return recorder;
    }

    static PostMessage.Send send(UserId sender, RoomId room, String text) {
        return send(sender, room, ClientMessageId.random(), text);
    }

    static PostMessage.Send send(UserId sender, RoomId room, ClientMessageId id, String text) {
        return new PostMessage.Send(sender, room, id, new MessageBody(MessageType.TEXT, text), null);
    }

    /** Posts and waits until it is stored. */
    static PostMessage.Persistence post(Chat chat, PostMessage.Send send) {
        return value(chat.postMessage()
                .postAndWait(send, Duration.ofSeconds(10))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
    }

    static <T> T value(Result<T> result) {
        return switch (result) {
            case Result.Ok<T> ok -> ok.value();
            case Result.Refused<T> refused -> throw new AssertionError("Refused: " + refused.refusal());
        };
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        worker.close();
        timer.shutdownNow();
        blocking.close();
        lanes.forEach(ExecutorService::shutdownNow);
    }
}
