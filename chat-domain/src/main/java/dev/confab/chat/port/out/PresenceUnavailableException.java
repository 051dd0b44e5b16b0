package dev.confab.chat.port.out;

/** The presence store did not answer. Messages flow without it (G10). */
public final class PresenceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for an operator
     */
    public PresenceUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message one line for an operator
     */
    public PresenceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
