package dev.confab.chat.port.out;

/** The shared limits did not answer. Each server goes by its own until they do (G10). */
public final class LimitsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for an operator
     */
    public LimitsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
