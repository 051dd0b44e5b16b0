package dev.confab.bench.history;

import java.io.IOException;

/** A file is no whole history: a line cannot be read, or its end is missing. */
public final class MalformedHistoryException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedHistoryException(long line, String problem) {
        super("line " + line + ": " + problem);
    }
}
