package dev.confab.chat.usecase;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.DeadLetterStates;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The log says what was parked, the store what was done about it. */
final class HandleDeadLettersService implements HandleDeadLetters {

    private final DeadLetterLog log;
    private final DeadLetterStates states;
    private final Clock clock;

    HandleDeadLettersService(DeadLetterLog log, DeadLetterStates states, Clock clock) {
        this.log = log;
        this.states = states;
        this.clock = clock;
    }

    @Override
    public void list(Filter filter, Listener listener) {
        String reason = filter.reason().toLowerCase(Locale.ROOT);
        long[] seen = {0};
        log.read(filter.since(), letters -> {
            List<ParkedLetter> wanted = letters.stream()
                    .filter(letter -> letter.reason().toLowerCase(Locale.ROOT).contains(reason))
                    .toList();
            Map<LetterId, LetterState> known = wanted.isEmpty() ? Map.of() : states.of(wanted);
            for (ParkedLetter letter : wanted) {
                LetterState state = known.get(letter.id());
                if ((filter.settled() || state == null) && !listener.onLetter(new Entry(letter, state))) {
                    return false;
                }
            }
            seen[0] += letters.size();
            listener.onProgress(seen[0]);
            return true;
        });
    }

    @Override
    public Optional<Entry> find(LetterId letterId) {
        return log.find(letterId)
                .map(letter -> new Entry(letter, states.of(List.of(letter)).get(letterId)));
    }

    /** First put back, then noted: a crash in between leaves it open, and replaying it again does no harm. */
    @Override
    public Handled replay(LetterId letterId) {
        Entry entry = find(letterId).orElse(null);
        if (entry == null) {
            return new Handled.Missing();
        }
        ParkedLetter letter = entry.letter();
        if (entry.state() != null && entry.state().kind() == LetterState.Kind.REPLAYED) {
            return new Handled.Before(letter, entry.state());
        }
        OptionalLong place = letter.isWhole() ? log.putBack(letter) : OptionalLong.empty();
        if (place.isEmpty()) {
            return new Handled.Incomplete(letter);
        }
        states.note(letter, new LetterState(LetterState.Kind.REPLAYED, now()));
        return new Handled.Replayed(letter, place.getAsLong());
    }

    @Override
    public Handled discard(LetterId letterId) {
        Entry entry = find(letterId).orElse(null);
        if (entry == null) {
            return new Handled.Missing();
        }
        if (entry.state() != null) {
            return new Handled.Before(entry.letter(), entry.state());
        }
        states.note(entry.letter(), new LetterState(LetterState.Kind.DISCARDED, now()));
        return new Handled.Discarded(entry.letter());
    }

    @Override
    public long countOpen() {
        List<DeadLetterLog.Extent> extents = log.extents();
        long all = extents.stream()
                .mapToLong(extent -> extent.next() - extent.first())
                .sum();
        return Math.max(0, all - states.count(extents));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
