package dev.confab.bench.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The faults of one round, in the order in which they begin. They depend on the seed and the {@link Scope} alone, and on
 * nothing that happens in the round.
 */
public record Schedule(long seed, List<Fault> faults) {

    /** Nothing happens before, so that everybody is in the rooms and something was sent. */
    private static final int QUIET_MILLIS = 800;

    /** The last fault of a round begins that long before its end, or earlier. */
    private static final int LAST_MILLIS = 1_500;

    /** Longer than the 10 s after which the broker gives a silent worker's partitions to another one. */
    private static final int LONGEST_STOP_MILLIS = 15_000;

    private static final int LONGEST_CUT_MILLIS = 8_000;
    private static final int LONGEST_DOWN_MILLIS = 3_000;
    private static final int YOUNGEST_COPY_MILLIS = 1_000;
    private static final int OLDEST_COPY_MILLIS = 5_000;

    public Schedule {
        faults = List.copyOf(faults);
    }

    /**
     * What can happen.
     *
     * @param seconds length of a round
     */
    public record Scope(int seconds, Set<FaultKind> kinds, int gateways, int workers) {

        public Scope {
            kinds = Set.copyOf(kinds);
        }

        /** All pairs of kind and victim (and way to cut), in a fixed order. */
        List<Fault> possible() {
            List<Fault> all = new ArrayList<>();
            for (FaultKind kind : FaultKind.values()) {
                for (Victim victim : victims()) {
                    if (kinds.contains(kind) && kind.concerns(victim.type())) {
                        for (Cut cut : kind == FaultKind.CUT ? Cut.values() : new Cut[] {Cut.DROP}) {
                            all.add(new Fault(0, 0, kind, victim, cut));
                        }
                    }
                }
            }
            return all;
        }

        private List<Victim> victims() {
            List<Victim> all = new ArrayList<>();
            for (Victim.Type type : Victim.Type.values()) {
                int count = switch (type) {
                    case GATEWAY -> gateways;
                    case WORKER -> workers;
                    case KAFKA, POSTGRES, REDIS -> 0;
                };
                if (count == 0) {
                    all.add(new Victim(type, 0));
                }
                for (int number = 1; number <= count; number++) {
                    all.add(new Victim(type, number));
                }
            }
            return all;
        }
    }

    /** The schedule of a seed: one fault after the other, and in half of the rounds a second line of them beside. */
    public static Schedule of(long seed, Scope scope) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L); // neighbouring seeds begin alike otherwise
        List<Fault> possible = scope.possible();
        List<Fault> faults = new ArrayList<>();
        int lines = random.nextBoolean() ? 2 : 1;
        for (int line = 0; line < lines; line++) {
            addLine(random, scope, possible, faults);
        }
        faults.sort(Comparator.comparingLong(Fault::atMillis));
        return new Schedule(seed, faults);
    }

    private static void addLine(Random random, Scope scope, List<Fault> possible, List<Fault> faults) {
        long end = scope.seconds() * 1_000L;
        long at = (long) QUIET_MILLIS + random.nextInt(2_000);
        while (at <= end - LAST_MILLIS) {
            Fault chosen = pick(random, possible);
            long length = Math.min(length(random, chosen.kind()), end - at);
            Fault fault = new Fault(at, length, chosen.kind(), chosen.victim(), chosen.cut());
            // The same server is the victim of one fault at a time; of the second one this line leaves out.
            if (faults.stream().noneMatch(other -> meets(fault, other))) {
                faults.add(fault);
            }
            at += length + 1_000 + random.nextInt(3_000);
        }
    }

    /** First the kind, then the victim: some kinds have many victims and ways, and none should be rare for that. */
    private static Fault pick(Random random, List<Fault> possible) {
        List<FaultKind> kinds = possible.stream().map(Fault::kind).distinct().toList();
        FaultKind kind = kinds.get(random.nextInt(kinds.size()));
        List<Fault> those =
                possible.stream().filter(fault -> fault.kind() == kind).toList();
        return those.get(random.nextInt(those.size()));
    }

    private static long length(Random random, FaultKind kind) {
        return switch (kind) {
            case KILL -> random.nextInt(LONGEST_DOWN_MILLIS);
            case STOP -> 1_000 + random.nextInt(LONGEST_STOP_MILLIS - 1_000);
            case RESTART, POISON -> 0;
            case CUT -> 500 + random.nextInt(LONGEST_CUT_MILLIS - 500);
            case RESTORE -> YOUNGEST_COPY_MILLIS + random.nextInt(OLDEST_COPY_MILLIS - YOUNGEST_COPY_MILLIS);
        };
    }

    private static boolean meets(Fault one, Fault other) {
        return one.victim().equals(other.victim())
                && one.atMillis() <= other.endMillis() + 500
                && other.atMillis() <= one.endMillis() + 500;
    }

    /** For example {@code kill worker-2 +3.1 s for 0.4 s, cut kafka (nothing passes) +5.0 s for 4.0 s}. */
    @Override
    public String toString() {
        return faults.isEmpty()
                ? "no faults"
                : faults.stream().map(Fault::toString).collect(Collectors.joining(", "));
    }
}
