package dev.confab.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run in a world of its own: moves by chance, or those of before; then everything heals and comes to rest. */
final class Run {

    /** More than any world needs to come to rest. */
    private static final int PATIENCE = 60_000;

    private static final int ROUNDS = 8;
    /** Seconds after which everything that is done now and then was done. */
    private static final int LONG = 11;

    private static final int SHORT = 2;

    private final World world;
    private final Moves moves;
    private final List<Taken> taken = new ArrayList<>();
    private long steps;

    /** A move that was made, and what was decided in it. */
    record Taken(String name, List<Integer> choices) {}

    private Run(Tampering tampering, boolean told) {
        world = new World(tampering, told);
        moves = Moves.of(world);
    }

    /** A run whose moves a seed decides. */
    static Run random(Tampering tampering, long seed, int length) {
        Run run = new Run(tampering, false);
        run.wander(new SplittableRandom(seed), length);
        run.heal();
        run.end();
        return run;
    }

    /** A run whose moves were made before; those that are not possible any more are left out. */
    static Run again(Tampering tampering, List<Taken> before, boolean told) {
        Run run = new Run(tampering, told);
        run.follow(before);
        run.heal();
        run.end();
        return run;
    }

    long steps() {
        return steps;
    }

    List<Taken> taken() {
        return taken;
    }

    List<String> story() {
        return world.story().lines();
    }

    Judge.@Nullable Breach breach() {
        return world.judge().breach();
    }

    private boolean isBroken() {
        return world.judge().breach() != null;
    }

    /** Some kinds of moves are left out of a run, and others are frequent: much together hides what little would show. */
    private static Map<Move.Kind, Integer> moods(SplittableRandom random) {
        Map<Move.Kind, Integer> moods = new TreeMap<>();
        for (Move.Kind kind : Move.Kind.values()) {
            int mood = random.nextInt(10);
            boolean always = kind == Move.Kind.WORK || kind == Move.Kind.TIME;
            moods.put(kind, always ? 2 + mood / 3 : mood < 3 ? 0 : mood < 8 ? 2 : 6);
        }
        return moods;
    }

    private void wander(SplittableRandom random, int length) {
        Map<Move.Kind, Integer> moods = moods(random);
        List<Move> all = moves.all();
        int[] weights = new int[all.size()];
        for (int step = 0; step < length && !isBroken(); step++) {
            int sum = 0;
            for (int index = 0; index < weights.length; index++) {
                Move move = all.get(index);
                int weight = move.weight() * moods.getOrDefault(move.kind(), 0);
                weights[index] = weight > 0 && move.possible().getAsBoolean() ? weight : 0;
                sum += weights[index];
            }
            int at = random.nextInt(sum);
            int chosen = 0;
            while (at >= weights[chosen]) {
                at -= weights[chosen];
                chosen++;
            }
            world.choices().decideBy(random);
            make(all.get(chosen));
            taken.add(new Taken(all.get(chosen).name(), world.choices().noted()));
        }
    }

    private void follow(List<Taken> before) {
        Map<String, Move> byName = new TreeMap<>();
        moves.all().forEach(move -> byName.put(move.name(), move));
        for (Taken each : before) {
            Move move = byName.get(each.name());
            if (!isBroken() && move != null && move.possible().getAsBoolean()) {
                world.choices().repeat(each.choices());
                world.story().tell(move::name);
                make(move);
                taken.add(each);
            }
        }
    }

    private void make(Move move) {
        steps++;
        move.happen().accept(world.choices());
    }

    /** Everything works again, everybody comes back, and then all that was promised must be so. */
    private void heal() {
        world.story().tell(() -> "-- everything heals");
        world.storeAway(false);
        world.broker().beAway(false);
        world.choices().repeat(List.of());
        revive();
        rest(SHORT);
        revive();
        rest(LONG);
        settle();
        if (world.devices().stream().anyMatch(device -> !device.isConnected())) {
            // The store began another life as the last thing: all that was connected comes back once more.
            settle();
        }
        if (!isBroken()) {
            world.devices().forEach(Device::lookAtRest);
            world.judge().lookAtRest();
        }
    }

    private void settle() {
        for (int round = 0; round < ROUNDS && comeBack() && !isBroken(); round++) {
            revive();
            rest(round % 2 == 0 ? SHORT : LONG);
        }
        rest(LONG);
    }

    /** Threads that wait for a turn would be kept, and all of this world with them. */
    private void end() {
        world.choices().repeat(List.of());
        world.workers().forEach(Worker::die);
        world.gateways().forEach(gateway -> gateway.die(world.choices()));
    }

    private void revive() {
        boolean shared = false;
        world.gateways().forEach(gateway -> gateway.node().trouble(null));
        world.workers().forEach(worker -> worker.node().trouble(null));
        for (Worker worker : world.workers()) {
            worker.node().freeze(false);
            worker.ask();
            if (!worker.node().isAlive()) {
                worker.start();
                shared = true;
            }
        }
        if (shared) {
            world.broker().share(world.workers(), world.choices());
        }
        for (Gateway gateway : world.gateways()) {
            if (!gateway.node().isAlive()) {
                gateway.start();
            }
        }
    }

    /** Works until nothing is left to be done, and some time has passed in which nothing was. */
    private void rest(int seconds) {
        for (int second = 0; second < seconds && !isBroken(); second++) {
            work();
            world.time().pass(1_000);
        }
        work();
    }

    private void work() {
        boolean any = true;
        while (any && !isBroken()) {
            any = false;
            for (Move move : moves.work()) {
                if (move.possible().getAsBoolean()) {
                    world.choices().repeat(List.of());
                    world.story().entitle(move.name());
                    make(move);
                    any = true;
                    if (steps > PATIENCE) {
                        world.judge().broken("it never comes to rest", "after " + steps + " steps");
                        return;
                    }
                }
            }
        }
    }

    /** Returns whether anybody had something left to do. */
    private boolean comeBack() {
        boolean any = false;
        int number = 0;
        for (Device device : world.devices()) {
            if (!device.isConnected()) {
                any = true;
                device.connect(world.gateways().get(number % world.gateways().size()));
            }
            number++;
            for (RoomView view : device.views()) {
                boolean member = world.judge()
                        .stored()
                        .room(view.roomId())
                        .members()
                        .contains(device.person().id());
                if (member && view.isAway()) {
                    any = true;
                    device.join(view, true);
                } else if (view.isDoubtful()) {
                    any = true;
                    device.leave(view);
                }
            }
            List<Person.Sent> unsure = device.unsure();
            any = any || !unsure.isEmpty();
            unsure.forEach(device::send);
        }
        return any;
    }
}
