package dev.confab.chat.port.out;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What operators did with dead letters. A state belongs to one letter, by its id and by when it was parked: a
 * dead-letter log that was made anew gives the ids out again. All calls block and may throw
 * {@link StoreUnavailableException}; safe on any thread.
 */
public interface DeadLetterStates {

    /** The states of those that have one. */
    Map<LetterId, LetterState> of(Collection<ParkedLetter> letters);

    /** Notes what was done with a letter, in the place of what was noted before. */
    void note(ParkedLetter letter, LetterState state);

    /** How many letters have a state, of those that lie there. */
    long count(List<DeadLetterLog.Extent> extents);
}
