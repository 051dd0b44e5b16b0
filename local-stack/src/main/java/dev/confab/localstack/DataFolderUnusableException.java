package dev.confab.localstack;

import org.jspecify.annotations.Nullable;

/** The data folder cannot hold the stack: not writable, too little space, or data that these servers cannot read. */
public final class DataFolderUnusableException extends LocalStackException {

    private static final long serialVersionUID = 1L;

    DataFolderUnusableException(String message) {
        super(message);
    }

    DataFolderUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
