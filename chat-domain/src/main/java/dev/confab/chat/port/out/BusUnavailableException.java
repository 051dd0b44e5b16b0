package dev.confab.chat.port.out;

/** The bus did not answer. Worth trying again. */
public final class BusUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for an operator
     */
    public BusUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message one line for an operator
     */
    public BusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
