package dev.confab.localstack;

import org.jspecify.annotations.Nullable;

/** The stack cannot do what it was asked to. The message is one line that a person can act on. */
public class LocalStackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message of one line. */
    public LocalStackException(String message) {
        super(message);
    }

    /** Makes one with a message of one line, and what led to it. */
    public LocalStackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
