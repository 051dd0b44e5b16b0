package dev.confab.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** How long it took until messages got through again, for each kind of fault. Used by one thread. */
final class Recovery {

    private final Map<String, Times> times = new TreeMap<>();
    private final Histogram rounds = new Histogram(3);

    private static final class Times {
        final Histogram accepted = new Histogram(3);
        final Histogram delivered = new Histogram(3);
        long count;
    }

    void add(TortureResult result) {
        rounds.recordValue(Math.round(result.recoveredSeconds() * 1e3));
        for (FaultRunner.Happened each : result.happened()) {
            Times those = times.computeIfAbsent(each.fault().name(), name -> new Times());
            those.count++;
            record(those.accepted, each, happened -> happened.mark().accepted());
            record(those.delivered, each, happened -> happened.mark().delivered());
        }
    }

    private static void record(
            Histogram histogram, FaultRunner.Happened happened, ToLongFunction<FaultRunner.Happened> nanos) {
        long time = nanos.applyAsLong(happened);
        if (time > 0) {
            histogram.recordValue(time / 1_000_000);
        }
    }

    /** A table for people. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-38s %6s %13s %9s %13s %9s%n",
                "fault, ms",
                "count",
                "accepted p50",
                "max",
                "delivered p50",
                "max"));
        times.forEach((name, those) -> text.append(String.format(
                Locale.ROOT,
                "%-38s %,6d %,13d %,9d %,13d %,9d%n",
                name,
                those.count,
                those.accepted.getValueAtPercentile(50),
                those.accepted.getMaxValue(),
                those.delivered.getValueAtPercentile(50),
                those.delivered.getMaxValue())));
        text.append(String.format(
                Locale.ROOT,
                "%,d rounds; all that was due before the last fault was healed had reached its sender after %,d ms (p50),"
                        + " %,d ms (p90), %,d ms (max)%n",
                rounds.getTotalCount(),
                rounds.getValueAtPercentile(50),
                rounds.getValueAtPercentile(90),
                rounds.getMaxValue()));
        return text.append(
                        "From the kill or the restart, and from the healing of all else, to the first message that was")
                .append(" due after it.\n")
                .toString();
    }
}
