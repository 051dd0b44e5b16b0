package dev.confab.testkit.simulation;

import dev.confab.chat.Chat;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of one worker, with its relay: processes come and go in it. */
final class Worker {

    private final World world;
    private final String name;
    private final List<Work> works = new ArrayList<>();
    private Node node;
    private EventBus.@Nullable CommandConsumer consumer;

    /** What this worker does in one partition. */
    private static final class Work {
        long position = -1;
        int generation = -1;
        /** Nothing has come for some time, and the store is to be asked whether something was undone. */
        boolean isToAsk;

        @Nullable
        Fiber underWay;
    }

    Worker(World world, String name) {
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

    boolean isWorking() {
        return node.isAlive() && consumer != null;
    }

    boolean isFrozen() {
        return node.isFrozen();
    }

    void start() {
        Node fresh = new Node(world, name);
        fresh.leap(node.skewMillis());
        node = fresh;
        consumer = null;
        works.clear();
        for (int number = 0; number < Broker.PARTITIONS; number++) {
            works.add(new Work());
        }
        EventBus bus = new WorkerBus(world, fresh, this);
        MessageLog log = fresh.port(
                MessageLog.class, world.tampering().storing(world.stores().messageLog()));
        // Nobody searches here: what would index has a thread that never gets its turn.
        Subscription unused = Chat.startWorker(
                world.tampering().publishing(bus), log, world.stores().messageSearch(), fresh.timer(task -> {}));
        RelayPorts ports = new RelayPorts(
                fresh.port(Outbox.class, world.stores().outbox()),
                bus,
                log,
                fresh.port(RoomStore.class, world.stores().rooms()),
                world.stores().users());
        Subscription unusedRelay = Chat.startRelay(ports, fresh.timer(fresh));
    }

    /** Chat works with that. */
    void workWith(EventBus.CommandConsumer given) {
        consumer = given;
    }

    void die() {
        consumer = null;
        node.die();
        for (Work work : works) {
            Fiber underWay = work.underWay;
            if (underWay != null) {
                underWay.kill();
            }
        }
    }

    /** Whether there is something to be done in a partition. */
    boolean hasWork(int number) {
        if (!isWorking() || node.isFrozen()) {
            return false;
        }
        Work work = works.get(number);
        Broker.Partition partition = world.broker().partition(number);
        return work.underWay != null
                || (partition.belongsTo(this)
                        && (work.position < 0
                                || work.generation != partition.generation()
                                || work.position < partition.end()
                                || work.isToAsk));
    }

    /** Time passes; in it the store is asked where nothing else is to be done. */
    void ask() {
        works.forEach(work -> work.isToAsk = true);
    }

    boolean isIdle() {
        return node.isIdle() && works.stream().allMatch(work -> work.underWay == null);
    }

    /** One step of the work in a partition. */
    void goOn(int number) {
        Work work = works.get(number);
        Fiber fiber = work.underWay;
        if (fiber == null) {
            fiber = new Fiber(world.turns(), () -> turn(work, number));
            work.underWay = fiber;
        }
        node.run(fiber);
        if (fiber.isEnded()) {
            work.underWay = null;
        }
    }

    private void turn(Work work, int number) {
        EventBus.CommandConsumer working = consumer;
        if (working == null) {
            return;
        }
        Broker.Partition partition = world.broker().partition(number);
        int generation = partition.generation();
        try {
            if (work.position < 0 || work.generation != generation) {
                work.position = working.startAt(partition.name(), partition.committed());
                work.generation = generation;
                world.story().tell(() -> "    " + name + " begins partition " + number + " at " + work.position);
                return;
            }
            if (work.position >= partition.end()) {
                work.position = working.idle(partition.name(), work.position);
                work.isToAsk = false;
                return;
            }
            CommandBatch batch =
                    partition.read(work.position, 1 + world.choices().pick(4));
            world.story()
                    .tell(() -> "    " + name + " reads " + batch.position() + " to " + (batch.nextPosition() - 1)
                            + " of partition " + number);
            world.turns().pause();
            long next = Math.min(working.handle(batch), batch.nextPosition());
            if (next < batch.nextPosition()) {
                work.position = next;
            } else if (partition.commit(this, generation, next)) {
                world.story().tell(() -> "    " + name + " commits " + next + " of partition " + number);
                work.position = next;
            } else {
                world.story().tell(() -> "    " + name + " may not commit " + next + " of partition " + number);
                work.position = -1;
            }
        } catch (StoreUnavailableException | BusUnavailableException away) {
            // The batch is delivered again.
        }
    }
}
