package dev.confab.chat.port.out;

/** The store refused a batch for what is in it (G11): trying the same again will not help. Run its commands one by one to find which. */
public final class CommandRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for an operator
     */
    public CommandRefusedException(String message) {
        super(message);
    }

    /**
     * @param message one line for an operator
     */
    public CommandRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
