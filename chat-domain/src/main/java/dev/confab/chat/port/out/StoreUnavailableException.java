package dev.confab.chat.port.out;

/** The store did not answer, cannot write at the moment, or broke off. Worth trying again; nothing is lost. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for an operator
     */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message one line for an operator
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
