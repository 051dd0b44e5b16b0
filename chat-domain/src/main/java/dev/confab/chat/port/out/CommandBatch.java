package dev.confab.chat.port.out;

import dev.confab.chat.model.Command;
import java.util.List;

/**
 * What one read of a partition returned.
 *
 * @param position where the read began: no record at or after it and before the first entry was left out
 * @param entries in the order of their offsets
 * @param nextPosition where the next read begins once this batch is done with
 */
public record CommandBatch(CommandPartition partition, long position, List<Entry> entries, long nextPosition) {

    /** A record of the command log. */
    public sealed interface Entry {
        /** Its place in the partition. */
        long offset();
    }

    /**
     * A record that could be read.
     *
     * @param replayed whether an operator put it back from among the dead letters: that its command was parked is then
     *     no outcome that binds (G6)
     */
    public record Logged(long offset, Command command, boolean replayed) implements Entry {

        /** A record that came from a gateway. */
        public Logged(long offset, Command command) {
            this(offset, command, false);
        }
    }

    /**
     * A record that could not be read: it will never be, and must not hold up its neighbours (G11).
     *
     * @param letter ready to be parked
     */
    public record Unreadable(long offset, DeadLetter letter) implements Entry {}
}
