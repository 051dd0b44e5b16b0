package dev.confab.bench;

import dev.confab.bench.fault.Fault;
import dev.confab.bench.fault.FaultKind;
import dev.confab.bench.fault.Schedule;
import dev.confab.bench.fault.Victim;
import dev.confab.bench.load.Meter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the faults of one round happen, each on a thread of its own, so that they may overlap; on one victim one at a time.
 * Every fault is healed, also when the round is stopped early or something goes wrong. Safe on any thread.
 */
final class FaultRunner {

    private final TorturedServers servers;
    private final Schedule schedule;
    private final Meter meter;
    private final Consumer<String> told;
    private final PoisonDose poison;
    private final long begin = System.nanoTime();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<Victim, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Happened> happened = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger poisoned = new AtomicInteger();

    /** Puts poison in; returns how many records have to be parked. */
    interface PoisonDose {
        int put() throws InterruptedException;
    }

    /**
     * What happened.
     *
     * @param mark what recovery counts from: the kill, or the moment in which all else was healed
     */
    record Happened(Fault fault, Meter.Mark mark) {}

    FaultRunner(TorturedServers servers, Schedule schedule, Meter meter, Consumer<String> told, PoisonDose poison) {
        this.servers = servers;
        this.schedule = schedule;
        this.meter = meter;
        this.told = told;
        this.poison = poison;
    }

    /** Begins; the times of the schedule count from the making of this object. */
    void start() {
        for (Fault fault : schedule.faults()) {
            Thread thread = Thread.ofPlatform().name("fault-" + fault.name()).start(() -> run(fault));
            threads.add(thread);
        }
    }

    /** Begins nothing more, and heals at once what is under way. */
    void stop() {
        stop.countDown();
    }

    /** Waits until all is healed. */
    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    List<Happened> happened() {
        return List.copyOf(happened);
    }

    /** What went wrong with the faults themselves; the round proves nothing then. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Commands that have to be parked. */
    int poisoned() {
        return poisoned.get();
    }

    private void run(Fault fault) {
        ReentrantLock lock = locks.computeIfAbsent(fault.victim(), victim -> new ReentrantLock());
        try {
            if (isStoppedWithin(fault.atMillis() - (System.nanoTime() - begin) / 1_000_000)) {
                return;
            }
            lock.lockInterruptibly();
            try {
                told.accept(fault.toString());
                Meter.Mark mark = happen(fault);
                happened.add(new Happened(fault, mark == null ? meter.mark() : mark));
                told.accept("over: " + fault.kind() + " " + fault.victim());
            } finally {
                lock.unlock();
            }
        } catch (IOException | RuntimeException failure) {
            failures.add(fault + ": " + failure);
        } catch (InterruptedException interrupted) {
            failures.add(fault + " was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the round was stopped. */
    private boolean isStoppedWithin(long millis) throws InterruptedException {
        return stop.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    private void last(Fault fault) throws InterruptedException {
        boolean unused = isStoppedWithin(fault.forMillis());
    }

    /** Returns what recovery counts from, if that was before now. */
    private Meter.@Nullable Mark happen(Fault fault) throws IOException, InterruptedException {
        return switch (fault.kind()) {
            case KILL -> kill(fault);
            case STOP -> pause(fault);
            case RESTART -> restart(fault);
            case CUT -> cut(fault);
            case RESTORE -> restore(fault);
            case POISON -> {
                int unused = poisoned.addAndGet(poison.put());
                yield null;
            }
        };
    }

    private Meter.Mark kill(Fault fault) throws IOException, InterruptedException {
        boolean ours = isOurs(fault);
        if (ours) {
            servers.process(fault.victim()).kill();
        } else {
            servers.server(fault.victim()).kill();
        }
        Meter.Mark mark = meter.mark();
        try {
            last(fault);
        } finally {
            if (ours) {
                servers.process(fault.victim()).start();
            } else {
                servers.server(fault.victim()).start();
            }
        }
        return mark;
    }

    private Meter.@Nullable Mark pause(Fault fault) throws IOException, InterruptedException {
        if (isOurs(fault)) {
            TorturedProcess process = servers.process(fault.victim());
            process.pauseProcess();
            try {
                last(fault);
            } finally {
                process.resumeProcess();
            }
        } else {
            servers.server(fault.victim()).pause();
            try {
                last(fault);
            } finally {
                servers.server(fault.victim()).resume();
            }
        }
        return null;
    }

    private Meter.Mark restart(Fault fault) throws IOException, InterruptedException {
        Meter.Mark mark = meter.mark();
        if (isOurs(fault)) {
            TorturedProcess process = servers.process(fault.victim());
            long begun = System.nanoTime();
            int code = process.terminate();
            if (code != 0) {
                told.accept(String.format(
                        "%s ended with exit code %d %.1f s after SIGTERM",
                        process.name(), code, (System.nanoTime() - begun) / 1e9));
            }
            process.start();
        } else {
            servers.server(fault.victim()).restart();
        }
        return mark;
    }

    private Meter.@Nullable Mark cut(Fault fault) throws InterruptedException {
        servers.link(fault.victim()).cut(fault.cut());
        try {
            last(fault);
        } finally {
            servers.link(fault.victim()).heal();
        }
        return null;
    }

    private Meter.@Nullable Mark restore(Fault fault) throws InterruptedException {
        servers.installation().stack().postgres().takeCopy();
        last(fault);
        servers.installation().stack().postgres().restoreCopy();
        return null;
    }

    private static boolean isOurs(Fault fault) {
        return fault.victim().type() == Victim.Type.GATEWAY || fault.victim().type() == Victim.Type.WORKER;
    }

    /** Whether a copy of the database was put back. */
    boolean wasRestored() {
        return happened().stream().anyMatch(each -> each.fault().kind() == FaultKind.RESTORE);
    }
}
