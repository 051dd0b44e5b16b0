package dev.confab.chat.port.in;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at dead letters, puts them back, or gives them up. For operators. Blocks. */
public interface HandleDeadLetters {

    /** Goes through the dead letters, oldest first within each partition. */
    void list(Filter filter, Listener listener);

    /**
     * Which letters.
     *
     * @param since those that were parked then or later; null: all
     * @param reason those whose reason contains this text, whatever its case; empty: all
     * @param settled whether those that were replayed or discarded are among them
     */
    record Filter(@Nullable Instant since, String reason, boolean settled) {

        /** All that are neither replayed nor discarded. */
        public static final Filter OPEN = new Filter(null, "", false);
    }

    /** Hears of letters. */
    interface Listener {

        /** One that was asked for; returns whether to go on. */
        boolean onLetter(Entry entry);

        /** So many letters were looked at by now, asked for or not. */
        default void onProgress(long letters) {}
    }

    /**
     * A letter and what was done with it.
     *
     * @param state null while it is open
     */
    record Entry(ParkedLetter letter, @Nullable LetterState state) {}

    /** The letter of that name; empty when there is none, any more. */
    Optional<Entry> find(LetterId letterId);

    /**
     * Puts a letter's record back where it was, as it was. What becomes of it is decided like that of every other
     * record: a command ends as stored or rejected in the place of parked, once, and its sender is told; what fails
     * again is parked again, as another letter (G6, G11). One that was replayed before is left alone; one that was
     * discarded is not.
     */
    Handled replay(LetterId letterId);

    /** Gives a letter up: it stays where it is until its time is over, and what became of its command stays parked. */
    Handled discard(LetterId letterId);

    /** What came of it. */
    sealed interface Handled {

        /** The record was put back and lies at {@code offset} of the partition in which it was. */
        record Replayed(ParkedLetter letter, long offset) implements Handled {}

        /** It was given up. */
        record Discarded(ParkedLetter letter) implements Handled {}

        /** Nothing was done, because it was done before. */
        record Before(ParkedLetter letter, LetterState state) implements Handled {}

        /** Nothing was done: the record cannot be put back as it was (see {@link ParkedLetter#isWhole()}). */
        record Incomplete(ParkedLetter letter) implements Handled {}

        /** There is no such letter, any more. */
        record Missing() implements Handled {}
    }

    /** How many are open. Takes no longer when there are many. */
    long countOpen();

    /** The ids of the letters that a filter asks for. */
    default List<LetterId> ids(Filter filter) {
        List<LetterId> ids = new ArrayList<>();
        list(filter, entry -> ids.add(entry.letter().id()));
        return ids;
    }
}
