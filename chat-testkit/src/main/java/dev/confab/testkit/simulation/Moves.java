package dev.confab.testkit.simulation;

import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.RoomId;
import dev.confab.testkit.simulation.Move.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that can happen in a world: the work that was begun, the passing of time, people, and faults. */
final class Moves {

    private static final long LONG = 11_000;

    private final World world;
    private final List<Move> all = new ArrayList<>();
    private final List<Move> work = new ArrayList<>();

    private Moves(World world) {
        this.world = world;
    }

    static Moves of(World world) {
        Moves moves = new Moves(world);
        world.gateways().forEach(moves::add);
        world.workers().forEach(moves::add);
        world.devices().forEach(moves::arrivals);
        moves.work.addAll(moves.all);
        moves.addTime();
        ClientMoves.add(world, moves.all);
        moves.addFaults();
        return moves;
    }

    /** Always in the same order. */
    List<Move> all() {
        return all;
    }

    /** Those by which what was begun goes on. */
    List<Move> work() {
        return work;
    }

    private void add(String name, Kind kind, int weight, BooleanSupplier possible, Consumer<Choices> happen) {
        all.add(new Move(name, kind, weight, possible, happen));
    }

    private void add(Gateway gateway) {
        String name = gateway.name();
        for (int lane = 0; lane < Gateway.lanes(); lane++) {
            int number = lane;
            add(
                    name + " event loop " + number,
                    Kind.WORK,
                    12,
                    () -> gateway.isLaneBusy(number),
                    choices -> gateway.turn(number));
        }
        add(
                name + " goes on with what blocks",
                Kind.WORK,
                20,
                () -> gateway.node().isBusy(),
                choices -> gateway.node().goOn(choices));
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            int number = partition;
            add(
                    name + " hears partition " + number,
                    Kind.WORK,
                    8,
                    () -> runs(gateway) && bus(gateway).hasNews(number),
                    choices -> bus(gateway).hear(number, choices));
        }
        add(
                name + " hears a signal",
                Kind.WORK,
                8,
                () -> runs(gateway) && signals(gateway).isArriving(),
                choices -> signals(gateway).hear(choices));
        add(
                name + " submits",
                Kind.WORK,
                10,
                () -> runs(gateway) && bus(gateway).isLeaving(),
                choices -> bus(gateway).leave(choices));
        add(
                name + " has its submission answered",
                Kind.WORK,
                10,
                () -> runs(gateway) && bus(gateway).isAnswering(),
                choices -> bus(gateway).answer());
    }

    private static boolean runs(Gateway gateway) {
        return gateway.node().isAlive() && !gateway.node().isFrozen();
    }

    private static GatewayBus bus(Gateway gateway) {
        GatewayBus bus = gateway.bus();
        if (bus == null) {
            throw new IllegalStateException(gateway.name() + " does not run");
        }
        return bus;
    }

    private static SimulatedSignals signals(Gateway gateway) {
        SimulatedSignals signals = gateway.signals();
        if (signals == null) {
            throw new IllegalStateException(gateway.name() + " does not run");
        }
        return signals;
    }

    private void add(Worker worker) {
        String name = worker.name();
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            int number = partition;
            add(
                    name + " works on partition " + number,
                    Kind.WORK,
                    16,
                    () -> worker.hasWork(number),
                    choices -> worker.goOn(number));
        }
        add(
                name + "'s relay goes on",
                Kind.WORK,
                10,
                () -> worker.node().isBusy(),
                choices -> worker.node().goOn(choices));
    }

    private void arrivals(Device device) {
        add(
                device.name() + " receives",
                Kind.WORK,
                8,
                () -> {
                    Connection open = device.connection();
                    return open != null && open.isArriving();
                },
                choices -> {
                    Connection open = device.connection();
                    if (open != null) {
                        open.arrive(choices);
                    }
                });
    }

    private void addTime() {
        add("time passes", Kind.TIME, 8, () -> true, choices -> {
            switch (choices.pick(8)) {
                case 0, 1, 2, 3, 4 -> world.time().passToNext();
                case 5 -> world.time().pass(300);
                case 6 -> world.time().pass(1_000);
                default -> world.time().pass(LONG);
            }
        });
    }

    private void addFaults() {
        for (Gateway gateway : world.gateways()) {
            String name = gateway.name();
            add(name + " dies", Kind.GATEWAY, 2, () -> gateway.node().isAlive(), gateway::die);
            add(name + " starts", Kind.GATEWAY, 8, () -> !gateway.node().isAlive(), choices -> gateway.start());
            for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
                int number = partition;
                add(
                        name + " hears partition " + number + " again",
                        Kind.AGAIN,
                        2,
                        () -> runs(gateway) && bus(gateway).hasHeard(number),
                        choices -> bus(gateway).rewind(number, choices));
            }
            trouble(name, gateway::node);
        }
        for (Worker worker : world.workers()) {
            String name = worker.name();
            add(name + " dies", Kind.WORKER, 3, () -> worker.node().isAlive(), choices -> {
                worker.die();
                world.broker().share(world.workers(), choices);
            });
            add(name + " starts", Kind.WORKER, 8, () -> !worker.node().isAlive(), choices -> {
                worker.start();
                world.broker().share(world.workers(), choices);
            });
            add(
                    name + " stands still",
                    Kind.WORKER,
                    3,
                    () -> worker.isWorking() && !worker.isFrozen(),
                    choices -> worker.node().freeze(true));
            add(
                    name + " thaws",
                    Kind.WORKER,
                    4,
                    worker::isFrozen,
                    choices -> worker.node().freeze(false));
            trouble(name, worker::node);
            add(
                    name + "'s clock leaps",
                    Kind.CLOCK,
                    1,
                    () -> worker.node().isAlive(),
                    choices -> worker.node().leap((choices.pick(9) - 4) * 1_800_000L));
        }
        add(
                "partitions are shared anew",
                Kind.WORKER,
                3,
                () -> true,
                choices -> world.broker().share(world.workers(), choices));
        for (Broker.Partition partition : world.broker().partitions()) {
            add(
                    "something unreadable comes into partition "
                            + partition.name().number(),
                    Kind.POISON,
                    1,
                    () -> true,
                    choices -> world.broker().appendUnreadable(partition, whose(partition, choices)));
        }
        add("the store goes away", Kind.AWAY, 1, () -> !world.isStoreAway(), choices -> world.storeAway(true));
        add("the store is back", Kind.AWAY, 12, world::isStoreAway, choices -> world.storeAway(false));
        add(
                "the bus goes away",
                Kind.AWAY,
                1,
                () -> !world.broker().isAway(),
                choices -> world.broker().beAway(true));
        add(
                "the bus is back",
                Kind.AWAY,
                12,
                () -> world.broker().isAway(),
                choices -> world.broker().beAway(false));
        add("the store is copied", Kind.RESTORE, 1, () -> !world.judge().isTorn(), choices -> world.backUp());
        add("the store is restored", Kind.RESTORE, 2, world::canRestore, choices -> world.restore());
    }

    /** Sent by somebody, who may send it again; or nobody knows by whom. */
    private @Nullable LetterAddressee whose(Broker.Partition partition, Choices choices) {
        Person sender = world.people().get(choices.pick(world.people().size()));
        RoomId roomId = world.rooms().get(choices.pick(world.rooms().size()));
        boolean known = choices.rarely(2) && world.broker().partitionOf(roomId) == partition;
        return known
                ? new LetterAddressee(
                        roomId, sender.id(), sender.message(roomId).id(), null)
                : null;
    }

    private void trouble(String name, java.util.function.Supplier<Node> node) {
        add(
                name + "'s next call fails",
                Kind.TROUBLE,
                1,
                () -> node.get().isAlive(),
                choices -> node.get().trouble(Node.Trouble.FAILS));
        add(
                name + "'s next call loses its answer",
                Kind.TROUBLE,
                1,
                () -> node.get().isAlive(),
                choices -> node.get().trouble(Node.Trouble.LOSES_ITS_ANSWER));
    }
}
