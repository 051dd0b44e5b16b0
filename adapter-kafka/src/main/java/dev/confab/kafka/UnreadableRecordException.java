package dev.confab.kafka;

/** A record that this version of the program cannot read. */
final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason one line for an operator
     */
    UnreadableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
