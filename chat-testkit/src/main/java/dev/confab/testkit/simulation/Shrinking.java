package dev.confab.testkit.simulation;

import dev.confab.testkit.simulation.Run.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks for a shorter story that breaks the same guarantee: leaves moves out, and calms the others. */
final class Shrinking {

    private final Supplier<Tampering> tampering;
    private final String rule;
    private int runsLeft;

    Shrinking(Supplier<Tampering> tampering, String rule, int runs) {
        this.tampering = tampering;
        this.rule = rule;
        this.runsLeft = runs;
    }

    List<Taken> shortest(List<Taken> moves) {
        List<Taken> best = moves;
        boolean shorter = true;
        while (shorter && runsLeft > 0) {
            int before = best.size();
            best = leaveOut(best);
            best = calm(best);
            shorter = best.size() < before;
        }
        return best;
    }

    private List<Taken> leaveOut(List<Taken> moves) {
        List<Taken> best = moves;
        for (int size = Math.max(1, best.size() / 2); size >= 1 && runsLeft > 0; size /= 2) {
            int end = best.size();
            while (end > 0 && runsLeft > 0) {
                int begin = Math.max(0, end - size);
                List<Taken> rest = new ArrayList<>(best.subList(0, begin));
                rest.addAll(best.subList(Math.min(end, best.size()), best.size()));
                if (breaks(rest)) {
                    best = rest;
                }
                end = Math.min(begin, best.size());
            }
        }
        return best;
    }

    private List<Taken> calm(List<Taken> moves) {
        List<Taken> best = new ArrayList<>(moves);
        for (int index = 0; index < best.size() && runsLeft > 0; index++) {
            Taken before = best.get(index);
            if (!before.choices().isEmpty()) {
                best.set(index, new Taken(before.name(), List.of()));
                if (!breaks(best)) {
                    best.set(index, before);
                }
            }
        }
        return best;
    }

    private boolean breaks(List<Taken> moves) {
        runsLeft--;
        Judge.Breach breach = Run.again(tampering.get(), moves, false).breach();
        return breach != null && breach.rule().equals(rule);
    }
}
