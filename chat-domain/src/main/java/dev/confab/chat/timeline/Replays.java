package dev.confab.chat.timeline;

import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a replay of dead letters changes about what is known. Pure. */
public final class Replays {

    private static final Outcome PARKED = new Outcome.Rejected(Rejection.PARKED);

    private Replays() {}

    /**
     * The outcomes that bind a decision. A command that was parked may end otherwise once, by being replayed (G6); every
     * other outcome is the last one, and a repeat that is no replay finds its command still parked.
     *
     * @param known what is stored
     * @param replayed the commands that are replayed in the batch that is decided
     */
    public static Map<CommandKey, Outcome> binding(Map<CommandKey, Outcome> known, Set<CommandKey> replayed) {
        if (replayed.isEmpty()) {
            return known;
        }
        Map<CommandKey, Outcome> binding = new HashMap<>(known);
        replayed.forEach(key -> binding.remove(key, PARKED));
        return binding;
    }
}
