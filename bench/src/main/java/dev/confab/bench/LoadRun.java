package dev.confab.bench;

import dev.confab.bench.history.HistoryChecker;
import dev.confab.bench.history.HistoryFile;
import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import dev.confab.bench.history.Verdict;
import dev.confab.bench.load.Ending;
import dev.confab.bench.load.Fleet;
import dev.confab.bench.load.Meter;
import dev.confab.bench.load.Pacer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One run of a load, from the first connection to the verdict. Used on one thread, but for {@link #stop()}. */
final class LoadRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LoadPlan plan;
    private final PrintWriter out;
    private final Path file;
    private final HistoryWriter history;
    private final Fleet fleet;
    private final Pacer pacer;
    private final AtomicInteger second = new AtomicInteger();

    /** Something that is done to the servers when half of the messages are due. */
    @FunctionalInterface
    interface Mischief {
        void happen() throws InterruptedException;
    }

    private LoadRun(LoadPlan plan, PrintWriter out, Path file, HistoryWriter history, Fleet fleet) {
        this.plan = plan;
        this.out = out;
        this.file = file;
        this.history = history;
        this.fleet = fleet;
        this.pacer = new Pacer(fleet, plan.sendersOfRooms());
    }

    static LoadRun open(
            LoadPlan plan,
            List<URI> gateways,
            List<String> rooms,
            List<Fleet.Person> people,
            Path file,
            PrintWriter out,
            Clock clock)
            throws IOException {
        HistoryWriter history = HistoryWriter.begin(file, clock, plan.toString());
        Fleet fleet = new Fleet(gateways, rooms, people, plan.content(), history, plan.seed());
        return new LoadRun(plan, out, file, history, fleet);
    }

    /** Lets nothing more be sent. What was sent is still waited for and checked. */
    void stop() {
        pacer.stop();
    }

    Meter meter() {
        return fleet.meter();
    }

    void connect() throws InterruptedException {
        long begin = System.nanoTime();
        fleet.connect();
        say(
                "%,d clients are connected and in their rooms after %.1f s",
                fleet.size(), (System.nanoTime() - begin) / 1e9);
    }

    /** Sends all that is planned, with a line of progress each second. */
    void send(@Nullable Mischief mischief) throws InterruptedException {
        try (ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = ticking.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
            try {
                warmUp();
                if (mischief == null) {
                    pacer.run(plan.rate(), plan.total());
                } else {
                    pacer.run(plan.rate(), plan.total() / 2);
                    mischief.happen();
                    pacer.run(plan.rate(), plan.total() - plan.total() / 2);
                }
            } finally {
                ticks.cancel(false);
                ticking.shutdownNow();
            }
        }
        tick();
    }

    /** Sends as planned for some time that does not count: what was just started runs slowly at first. */
    private void warmUp() throws InterruptedException {
        if (plan.warmUp() > 0) {
            say("warming up for %d s", plan.warmUp());
            pacer.run(plan.rate(), Math.round(plan.rate() * plan.warmUp()));
            if (!pacer.isStopped()) {
                fleet.meter().forgetLatencies();
                fleet.meter().forgetSeconds();
                second.set(0);
            }
        }
    }

    /** The highest rate that holds, of those that are tried; one that does not is tried a second time. */
    double findMaximum(double boundMillis) throws InterruptedException {
        try (ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = ticking.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
            warmUp();
            ticks.cancel(false);
            ticking.shutdownNow();
        }
        return MaximumRate.find(
                plan.rate(),
                rate -> tryRate(rate, boundMillis) || (!pacer.isStopped() && tryRate(rate, boundMillis)),
                pacer::isStopped);
    }

    /**
     * Tries a rate: it holds when 99 % are delivered in time and the backlog at the end is no more than what is due in that
     * time. Waits for what is left of it.
     *
     * @param boundMillis for the p99 from due to delivered
     */
    private boolean tryRate(double rate, double boundMillis) throws InterruptedException {
        long settling = Math.round(rate * Math.min(3, plan.seconds()));
        try (ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = ticking.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
            pacer.run(rate, settling);
            fleet.meter().forgetLatencies();
            pacer.run(rate, Math.round(rate * plan.seconds()));
            ticks.cancel(false);
            ticking.shutdownNow();
        }
        long backlog = fleet.open();
        tick();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (fleet.open() > 0 && System.nanoTime() < end) {
            boolean never = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            assert !never;
        }
        List<Meter.Second> unused = fleet.meter().tick(second.get());
        double p99 = fleet.meter().total(Meter.Stage.DELIVERED).getValueAtPercentile(99) / 1e6;
        boolean holds = p99 <= boundMillis && backlog <= Math.max(10, rate * boundMillis / 1e3);
        say("%s", MaximumRate.verdict(rate, holds, p99, backlog));
        return holds;
    }

    /** Writes into the history, and onto the terminal, what is done to the servers. */
    void fault(String what) {
        history.write(new Operation.Fault(history.now(Operation.At.NOBODY, 0), what));
        say("%s", what);
    }

    /** Waits until all is quiet, reads what is stored, and checks. */
    Verdict end() throws InterruptedException, IOException {
        say("waiting for what is on its way, and reading the final history");
        try (ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = ticking.scheduleAtFixedRate(this::tickIfOpen, 1, 1, TimeUnit.SECONDS);
            Ending.of(fleet, PATIENCE);
            ticks.cancel(false);
            ticking.shutdownNow();
        }
        List<Meter.Second> unused = fleet.meter().tick(second.incrementAndGet());
        fleet.close();
        history.close();
        if (history.waits() > 0) {
            say(
                    "clients waited %,d times for the history to be written, which shows in their latencies",
                    history.waits());
        }
        return HistoryChecker.check(new HistoryFile(file));
    }

    private void tickIfOpen() {
        if (fleet.open() > 0) {
            tick();
        }
    }

    private void tick() {
        int now = second.incrementAndGet();
        List<Meter.Second> stages = fleet.meter().tick(now);
        Meter meter = fleet.meter();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "  %3d s  due %,d  accepted %,d  stored %,d  open %,d ",
                now,
                meter.due(),
                meter.accepted(),
                meter.seenBySender(),
                fleet.open()));
        for (Meter.Second stage : stages) {
            if (stage.stage() == Meter.Stage.DELIVERED) {
                line.append(String.format(
                        Locale.ROOT,
                        " delivered %,d/s, p50 %.1f p99 %.1f max %.1f ms",
                        stage.count(),
                        stage.p50(),
                        stage.p99(),
                        stage.max()));
            }
        }
        if (meter.lost() > 0) {
            line.append(String.format(Locale.ROOT, "  cut off %,d", meter.lost()));
        }
        out.println(line);
        out.flush();
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        fleet.close();
        history.close();
    }
}
