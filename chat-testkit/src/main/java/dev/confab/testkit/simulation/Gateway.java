package dev.confab.testkit.simulation;

import dev.confab.chat.Chat;
import dev.confab.chat.inmemory.InMemoryAccessTokens;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The place of one gateway: processes come and go in it. */
final class Gateway {

    private static final int LANES = 2;
    private static final ChatSettings SETTINGS = ChatSettings.defaults();

    private final World world;
    private final String name;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private Node node;
    private @Nullable GatewayBus bus;
    private @Nullable SimulatedSignals signals;
    private @Nullable Chat chat;

    /** One event loop. */
    private static final class Lane implements Executor {
        private final Node node;
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        Lane(Node node) {
            this.node = node;
        }

        @Override
        public void execute(Runnable task) {
            if (!node.isAlive()) {
                throw new RejectedExecutionException("the process has ended");
            }
            tasks.add(task);
        }
    }

    Gateway(World world, String name) {
        this.world = world;
        this.name = name;
        this.node = new Node(world, name);
        node.die();
    }

    String name() {
        return name;
    }

    Node node() {
        return node;
    }

    /** What people talk to; null while there is none. */
    @Nullable
    Chat chat() {
        return node.isFrozen() ? null : chat;
    }

    @Nullable
    GatewayBus bus() {
        return bus;
    }

    @Nullable
    SimulatedSignals signals() {
        return signals;
    }

    Executor lane(int number) {
        return lanes.get(number % LANES);
    }

    void start() {
        Node fresh = new Node(world, name);
        fresh.leap(node.skewMillis());
        node = fresh;
        lanes.clear();
        for (int number = 0; number < LANES; number++) {
            lanes.add(new Lane(fresh));
        }
        GatewayBus ownBus = new GatewayBus(world, fresh);
        SimulatedSignals ownSignals = new SimulatedSignals(world, fresh);
        bus = ownBus;
        signals = ownSignals;
        ChatPorts ports = ports(fresh, ownBus, ownSignals);
        ChatRuntime runtime =
                new ChatRuntime(fresh.clock(), world.chance(), world.chance(), fresh, fresh.timer(Runnable::run));
        fresh.execute(() -> {
            try {
                chat = Chat.start(ports, runtime, SETTINGS);
            } catch (StoreUnavailableException away) {
                // As a process does that cannot start: it ends, and is started again.
                world.story().tell(() -> "    " + name + " could not start");
                bus = null;
                signals = null;
                fresh.end();
            }
        });
    }

    private ChatPorts ports(Node fresh, GatewayBus ownBus, SimulatedSignals ownSignals) {
        InMemoryStores stores = world.stores();
        Tampering tampering = world.tampering();
        PasswordHasher noPasswords = world.passwords();
        return new ChatPorts(
                fresh.port(MessageLog.class, tampering.reading(stores.messageLog())),
                ownBus,
                fresh.port(RoomStore.class, tampering.rooms(stores.rooms())),
                stores.users(),
                stores.logins(),
                fresh.port(ReadMarkers.class, tampering.markers(stores.readMarkers())),
                stores.notifications(),
                stores.messageSearch(),
                new InMemoryPresence(world.presence()),
                ownSignals,
                new InMemoryRevocations(world.revocations()),
                new InMemoryAccessTokens(fresh.clock(), world.chance()),
                noPasswords,
                ContentPolicy.ANYTHING);
    }

    void connected(Connection connection) {
        connections.add(connection);
    }

    void disconnected(Connection connection) {
        connections.remove(connection);
    }

    void die(Choices choices) {
        chat = null;
        signals = null;
        node.die();
        GatewayBus dying = bus;
        bus = null;
        if (dying != null) {
            dying.die(choices);
        }
        lanes.forEach(lane -> lane.tasks.clear());
        List.copyOf(connections).forEach(Connection::broke);
        connections.clear();
    }

    boolean isLaneBusy(int number) {
        return node.isAlive() && !node.isFrozen() && !lanes.get(number).tasks.isEmpty();
    }

    /** One task of an event loop. */
    void turn(int number) {
        lanes.get(number).tasks.remove().run();
    }

    static int lanes() {
        return LANES;
    }
}
