package dev.confab.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/** Strikes many right histories in one way, and says what must be found in them. */
final class Forgery {

    private static final int SEEDS = 60;

    private Forgery() {}

    /** Damages a history in one way; says whether there was a place for it. */
    @FunctionalInterface
    interface Blow {
        boolean strike(Damage damage);
    }

    static boolean isPlainStored(Damage damage, int index) {
        return damage.at(index) instanceof Operation.Stored stored && damage.isPlain(stored.shown());
    }

    static Shown shownAt(Damage damage, int index) {
        return ((Operation.Stored) damage.at(index)).shown();
    }

    static Shown moved(Shown shown, long seq, String id) {
        return new Shown(
                shown.what(), shown.room(), seq, id, shown.key(), shown.sender(), shown.type(), shown.content());
    }

    static Shown withContent(Shown shown, String content) {
        return new Shown(
                shown.what(),
                shown.room(),
                shown.seq(),
                shown.id(),
                shown.key(),
                shown.sender(),
                shown.type(),
                content);
    }

    static void eachFinds(Set<Violation> violations, Blow blow) {
        int struck = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Damage damage = new Damage(seed);
            if (blow.strike(damage)) {
                struck++;
                Verdict verdict = damage.check();
                assertThat(verdict.counts().keySet())
                        .as("seed %d: %s", seed, verdict.report())
                        .isEqualTo(violations);
            }
        }
        assertThat(struck).as("histories that could be damaged like this").isGreaterThan(SEEDS / 4);
    }

    static void anyFinds(Violation violation, Blow blow) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Damage damage = new Damage(seed);
            if (blow.strike(damage)) {
                assertThat(damage.check().counts()).as("seed %d", seed).containsKey(violation);
            }
        }
    }
}
