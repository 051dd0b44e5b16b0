package dev.confab.bench;

import dev.confab.bench.fault.Schedule;
import dev.confab.bench.history.HistoryChecker;
import dev.confab.bench.history.HistoryFile;
import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import dev.confab.bench.history.Verdict;
import dev.confab.bench.load.Ending;
import dev.confab.bench.load.Fleet;
import dev.confab.bench.load.Pacer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One round: people and rooms of its own, a load, the faults of a seed, and when all is healed the check of everything that
 * was sent and shown. Used on one thread, but for {@link #stop()}.
 */
final class TortureRound {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Messages go on for so long after the last fault was healed. */
    private static final long AFTERWARDS_MILLIS = 500;

    /** Of the messages, that are edited or deleted. */
    private static final double CHANGED = 0.08;

    private static final int LONGEST_SECONDS = 600;

    private final TorturedServers servers;
    private final LoadPlan plan;
    private final Schedule schedule;
    private final Path file;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable FaultRunner runner;

    TortureRound(TorturedServers servers, LoadPlan plan, Schedule schedule, Path file) {
        this.servers = servers;
        this.plan = plan;
        this.schedule = schedule;
        this.file = file;
    }

    /** Ends the round early: nothing more is sent or broken, all is healed and checked. */
    void stop() {
        stop.countDown();
        FaultRunner current = runner;
        if (current != null) {
            current.stop();
        }
    }

    /** Runs it; the history is in its file afterwards. */
    TortureResult run() throws IOException, InterruptedException {
        List<String> rooms = new ArrayList<>();
        List<Fleet.Person> people = new ArrayList<>();
        fill(rooms, people);
        HistoryWriter history =
                HistoryWriter.begin(file, servers.installation().clock(), "seed " + schedule.seed() + ": " + schedule);
        Fleet fleet = new Fleet(servers.addresses(), rooms, people, plan.content(), history, plan.seed());
        try {
            return run(fleet, history, rooms, people);
        } finally {
            fleet.close();
            history.close();
        }
    }

    private void fill(List<String> rooms, List<Fleet.Person> people) {
        Installation.Cast cast = servers.installation().cast(servers.stores(), plan.users(), plan.membersOfRooms());
        cast.rooms().forEach(room -> rooms.add(room.toString()));
        List<String> tokens = servers.installation().tokens(cast.people());
        List<List<Integer>> roomsOfPeople = plan.roomsOfPeople();
        for (int i = 0; i < plan.users(); i++) {
            people.add(new Fleet.Person(cast.people().get(i).toString(), tokens.get(i), roomsOfPeople.get(i)));
        }
    }

    private TortureResult run(Fleet fleet, HistoryWriter history, List<String> rooms, List<Fleet.Person> people)
            throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        long parkedBefore = parked(complaints);
        fleet.change(CHANGED);
        fleet.connect();
        Poison poison = new Poison(servers.brokers(), schedule.seed());
        Fleet.Person somebody = people.getFirst();
        FaultRunner faults = new FaultRunner(
                servers,
                schedule,
                fleet.meter(),
                what -> history.write(new Operation.Fault(history.now(Operation.At.NOBODY, 0), what)),
                () -> poison.put(somebody.rooms().stream().map(rooms::get).toList(), somebody.user()));
        runner = faults;
        if (stop.getCount() == 0) {
            faults.stop();
        }
        double recovered = underFire(fleet, faults);
        complaints.addAll(faults.failures());
        servers.gone().forEach(name -> complaints.add(name + " ended by itself"));
        settle(fleet, complaints);
        Ending.of(fleet, PATIENCE);
        fleet.close();
        history.close();
        Verdict verdict = HistoryChecker.check(new HistoryFile(file));
        if (!faults.wasRestored() && verdict.tally().resets() > 0) {
            complaints.add(
                    verdict.tally().resets() + " joins were answered with a reset, and no database was restored");
        }
        long parked = parked(complaints) - parkedBefore;
        if (parked < faults.poisoned()) {
            complaints.add(faults.poisoned() + " records were poison, and " + parked + " were parked");
        } else if (parked > 0 && faults.poisoned() == 0) {
            complaints.add(parked + " records were parked, and none was poison");
        }
        return new TortureResult(
                schedule,
                verdict,
                complaints,
                faults.happened(),
                recovered,
                fleet.meter().due());
    }

    /** Returns in seconds how long after the last fault was healed all that was due before had reached its sender. */
    private double underFire(Fleet fleet, FaultRunner faults) throws InterruptedException {
        Pacer pacer = new Pacer(fleet, plan.sendersOfRooms());
        Thread load = Thread.ofPlatform().name("load").start(() -> {
            try {
                pacer.run(plan.rate(), Math.round(plan.rate() * LONGEST_SECONDS));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            long begin = System.nanoTime();
            faults.start();
            faults.await();
            long healed = System.nanoTime();
            long patience = healed + PATIENCE.toNanos();
            while (fleet.openDueBefore(healed) > 0 && System.nanoTime() < patience) {
                boolean unused = isStoppedWithin(20);
            }
            double recovered = (System.nanoTime() - healed) / 1e9;
            long end = begin + TimeUnit.SECONDS.toNanos(plan.seconds());
            boolean unused = isStoppedWithin(
                    Math.max(AFTERWARDS_MILLIS, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            return recovered;
        } finally {
            faults.stop();
            pacer.stop();
            load.join();
        }
    }

    /** Waits until nobody waits for anything, and the database has all that was accepted. */
    private void settle(Fleet fleet, List<String> complaints) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (fleet.open() + fleet.openChanges() > 0 && System.nanoTime() < end) {
            pause();
        }
        if (fleet.open() + fleet.openChanges() > 0) {
            complaints.add(fleet.open() + " messages and " + fleet.openChanges() + " changes had no end after "
                    + PATIENCE.toSeconds() + " s");
        }
        long left = -1;
        String fault = "";
        do {
            try {
                left = servers.backlog().left();
            } catch (SQLException | ExecutionException away) {
                fault = ": " + away;
            }
            if (left != 0) {
                pause();
            }
        } while (left != 0 && System.nanoTime() < end);
        if (left != 0) {
            complaints.add(left + " accepted commands were not stored after " + PATIENCE.toSeconds() + " s" + fault);
        }
    }

    private long parked(List<String> complaints) throws InterruptedException {
        try {
            return servers.backlog().parked();
        } catch (ExecutionException away) {
            complaints.add("the dead letters could not be counted: " + away.getCause());
            return 0;
        }
    }

    private boolean isStoppedWithin(long millis) throws InterruptedException {
        return stop.await(millis, TimeUnit.MILLISECONDS);
    }

    private static void pause() throws InterruptedException {
        boolean never = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        assert !never;
    }
}
