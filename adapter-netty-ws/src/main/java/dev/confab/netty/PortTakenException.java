package dev.confab.netty;

import java.io.IOException;

/** The server could not listen on a port, as a rule because another program does. */
public final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port, Throwable cause) {
        super("Cannot listen on port " + port + ": " + reason(cause), cause);
        this.port = port;
    }

    /** The port. */
    public int port() {
        return port;
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "the system refused it" : message;
    }
}
