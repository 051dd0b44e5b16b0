package dev.confab.bench.fault;

import java.util.Locale;

/**
 * One fault of a round.
 *
 * @param atMillis when it begins, from the beginning of the round
 * @param forMillis how long it lasts; after it what was killed is started, what stood still goes on, what was cut is healed.
 *     A restart ends by itself, so there it is 0; of a restore it is the age of the copy
 * @param cut how a network is cut; {@link Cut#DROP} and without meaning for all other kinds
 */
public record Fault(long atMillis, long forMillis, FaultKind kind, Victim victim, Cut cut) {

    /** For example {@code cut kafka (nothing passes) +3.1 s for 4.0 s}. */
    @Override
    public String toString() {
        String how = kind == FaultKind.CUT ? " (" + cut + ")" : "";
        String length = switch (kind) {
            case RESTART, POISON -> "";
            case RESTORE -> String.format(Locale.ROOT, " from a copy of %.1f s before", forMillis / 1e3);
            case KILL, STOP, CUT -> String.format(Locale.ROOT, " for %.1f s", forMillis / 1e3);
        };
        return String.format(Locale.ROOT, "%s %s%s +%.1f s%s", kind, victim, how, atMillis / 1e3, length);
    }

    /** What recovery times are told by, for example {@code cut kafka (nothing passes)}. */
    public String name() {
        return kind + " " + victim.type().name().toLowerCase(Locale.ROOT)
                + (kind == FaultKind.CUT ? " (" + cut + ")" : "");
    }

    /** When it is over, from the beginning of the round, as far as that was planned. */
    public long endMillis() {
        return atMillis + forMillis;
    }
}
