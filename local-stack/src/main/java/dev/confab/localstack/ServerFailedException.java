package dev.confab.localstack;

import org.jspecify.annotations.Nullable;

/** A server did not start, or did not answer in time. The message names its log file. */
public final class ServerFailedException extends LocalStackException {

    private static final long serialVersionUID = 1L;

    private final ServerName server;

    ServerFailedException(ServerName server, String message) {
        this(server, message, null);
    }

    ServerFailedException(ServerName server, String message, @Nullable Throwable cause) {
        super(server.displayName() + " " + message, cause);
        this.server = server;
    }

    /** The server it is about. */
    public ServerName server() {
        return server;
    }
}
