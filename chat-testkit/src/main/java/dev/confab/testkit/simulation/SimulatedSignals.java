package dev.confab.testkit.simulation;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.port.out.Signals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signals as a gateway sees them: each arrives in a step of its own, or is lost. Those of who comes and goes all are. */
final class SimulatedSignals implements Signals {

    private final World world;
    private final Node node;
    private final Set<RoomId> followed = new HashSet<>();
    private final Deque<Signal> arriving = new ArrayDeque<>();
    private @Nullable Consumer<Signal> listener;

    SimulatedSignals(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    @Override
    public void send(Signal signal) {
        if (node.isAlive() && !(signal instanceof Signal.InRoom)) {
            for (Gateway gateway : world.gateways()) {
                SimulatedSignals signals = gateway.signals();
                if (signals != null) {
                    signals.arrive(signal);
                }
            }
        }
    }

    private void arrive(Signal signal) {
        if (!(signal instanceof Signal.OfRoom ofRoom) || followed.contains(ofRoom.roomId())) {
            arriving.add(signal);
        }
    }

    boolean isArriving() {
        return node.isAlive() && !arriving.isEmpty();
    }

    void hear(Choices choices) {
        Signal first = arriving.remove();
        boolean lost = choices.rarely(4);
        world.story().tell(() -> "    " + (lost ? "lost: " : "") + Story.of(first));
        Consumer<Signal> hearing = listener;
        if (!lost && hearing != null) {
            hearing.accept(first);
        }
    }

    @Override
    public void onSignal(Consumer<Signal> given) {
        listener = given;
    }

    @Override
    public void follow(RoomId roomId) {
        followed.add(roomId);
    }

    @Override
    public void unfollow(RoomId roomId) {
        followed.remove(roomId);
    }

    @Override
    public void close() {
        listener = null;
    }
}
