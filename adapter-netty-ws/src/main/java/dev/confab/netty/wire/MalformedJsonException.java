package dev.confab.netty.wire;

/** What a client sent is not one JSON object in UTF-8 (RFC 8259). The message is fit for the client. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        // Clients make these at will: no cause and no stack trace, which nobody would read.
        super(message, null, false, false);
    }
}
