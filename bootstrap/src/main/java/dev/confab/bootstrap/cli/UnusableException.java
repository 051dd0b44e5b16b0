package dev.confab.bootstrap.cli;

/** Something the caller can mend; the message says what, in one line. */
final class UnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }
}
