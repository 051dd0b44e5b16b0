package dev.confab.bench.history;

import java.io.IOException;

/** A history that can be read any number of times, always the same. */
public interface HistorySource {

    /** Reads it from the first operation to the last. */
    void read(Reader reader) throws IOException;

    /** Takes the operations of a history, one after the other. */
    @FunctionalInterface
    interface Reader {

        /**
         * Takes one operation.
         *
         * @param line where it stands, from 1
         */
        void take(long line, Operation operation);
    }
}
