package dev.confab.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts, and latencies from the moment a message was due. Safe on any thread. */
public final class Meter {

    /** What a message goes through. */
    public enum Stage {
        /** To the answer of the gateway. */
        ACCEPTED,
        /** To when its sender is shown it in the timeline, and so is told that it is stored. */
        PERSISTED,
        /** To when another one is shown it, live. */
        DELIVERED
    }

    /** How a stage did in a second. Times in milliseconds; 0 where nothing happened. */
    public record Second(int second, Stage stage, long count, double p50, double p99, double max) {}

    private final Map<Stage, Recorder> recorders = new TreeMap<>();
    private final Map<Stage, Histogram> totals = new TreeMap<>();
    private final List<Second> seconds = new ArrayList<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    private final List<Mark> marks = new CopyOnWriteArrayList<>();

    final LongAdder connected = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder joined = new LongAdder();
    final LongAdder due = new LongAdder();
    final LongAdder attempts = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder seenBySender = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder rejected = new LongAdder();

    Meter() {
        for (Stage stage : Stage.values()) {
            recorders.put(stage, new Recorder(3));
            totals.put(stage, new Histogram(3));
        }
    }

    /** When messages got through that were due after a moment. Safe on any thread. */
    public static final class Mark {

        private final long begin = System.nanoTime();
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicLong delivered = new AtomicLong();

        private Mark() {}

        private void seen(Stage stage, long due, long now) {
            if (due - begin < 0 || stage == Stage.PERSISTED) {
                return;
            }
            AtomicLong first = stage == Stage.ACCEPTED ? accepted : delivered;
            if (first.get() == 0) {
                boolean unused = first.compareAndSet(0, Math.max(1, now - begin));
            }
        }

        /** Nanoseconds from the moment until the first one was accepted; 0 when none was yet. */
        public long accepted() {
            return accepted.get();
        }

        /** Nanoseconds from the moment until the first one was delivered to another person; 0 when none was yet. */
        public long delivered() {
            return delivered.get();
        }
    }

    /** Marks this moment. */
    public Mark mark() {
        Mark mark = new Mark();
        marks.add(mark);
        return mark;
    }

    void record(Stage stage, long nanos) {
        if (!marks.isEmpty()) {
            long now = System.nanoTime();
            marks.forEach(mark -> mark.seen(stage, now - nanos, now));
        }
        Recorder recorder = recorders.get(stage);
        if (recorder != null) {
            recorder.recordValue(Math.max(0, nanos));
        }
    }

    void failed(String code) {
        failures.computeIfAbsent(code, c -> new LongAdder()).increment();
    }

    /** Closes a second: what was recorded since the last call belongs to it. */
    public synchronized List<Second> tick(int second) {
        List<Second> now = new ArrayList<>();
        recorders.forEach((stage, recorder) -> {
            Histogram interval = recorder.getIntervalHistogram();
            Histogram total = totals.get(stage);
            if (total != null) {
                total.add(interval);
            }
            now.add(new Second(
                    second,
                    stage,
                    interval.getTotalCount(),
                    millis(interval.getValueAtPercentile(50)),
                    millis(interval.getValueAtPercentile(99)),
                    millis(interval.getMaxValue())));
        });
        seconds.addAll(now);
        return now;
    }

    /** Lets the totals begin anew. Counts go on. */
    public synchronized void forgetLatencies() {
        recorders.values().forEach(Recorder::reset);
        totals.values().forEach(Histogram::reset);
    }

    /** Forgets what was recorded second by second. */
    public synchronized void forgetSeconds() {
        seconds.clear();
    }

    /** All that was recorded until the last {@link #tick}. */
    public synchronized Histogram total(Stage stage) {
        Histogram total = totals.get(stage);
        return total == null ? new Histogram(3) : total.copy();
    }

    /** Second by second, until the last {@link #tick}. */
    public synchronized List<Second> seconds() {
        return List.copyOf(seconds);
    }

    /** Failed attempts by their code. */
    public Map<String, Long> failures() {
        Map<String, Long> counts = new TreeMap<>();
        failures.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /** Messages that were due so far. */
    public long due() {
        return due.sum();
    }

    /** Times that a message was put on a connection. */
    public long attempts() {
        return attempts.sum();
    }

    /** Messages that were accepted, each counted once. */
    public long accepted() {
        return accepted.sum();
    }

    /** Messages that were shown to their senders, each counted once. */
    public long seenBySender() {
        return seenBySender.sum();
    }

    /** Messages that were rejected after they had been accepted. */
    public long rejected() {
        return rejected.sum();
    }

    /** Events that clients were shown live. */
    public long received() {
        return received.sum();
    }

    /** Connections that were greeted. */
    public long connected() {
        return connected.sum();
    }

    /** Connections that ended without being asked to. */
    public long lost() {
        return lost.sum();
    }

    /** Joins that were answered. */
    public long joined() {
        return joined.sum();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
