package dev.confab.netty.ws;

/** Why the server closes a connection: the status codes of close frames, RFC 6455 section 7.4. */
enum CloseCode {
    /** The server goes away for a while; come back. */
    GOING_AWAY(1001, "going away"),
    /** The peer broke the protocol. */
    PROTOCOL_ERROR(1002, "protocol error"),
    /** Only text is understood. */
    NOT_TEXT(1003, "binary frames are not understood"),
    /** Text that is not UTF-8. */
    NOT_UTF8(1007, "text is not UTF-8"),
    /** Longer than {@code maxFrameBytes}. */
    TOO_BIG(1009, "message is too big"),
    /** A fault of the server. */
    INTERNAL_ERROR(1011, "internal error"),
    /** Something that is needed to begin is away. */
    TRY_AGAIN_LATER(1013, "try again later"),
    /** Ten malformed frames in a row. */
    MALFORMED(4400, "malformed frames"),
    /** Not or no longer authenticated: do not come back with the same token. */
    UNAUTHENTICATED(4401, "not authenticated"),
    /** The client does not read. */
    SLOW(4408, "slow client"),
    /** The user opened more connections than allowed, and this was the oldest. */
    TOO_MANY_SESSIONS(4409, "too many sessions"),
    /** The client was refused too often and went on. */
    RATE_LIMITED(4429, "rate limit ignored");

    private final int status;
    private final String reason;

    CloseCode(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    /** At most 123 bytes, section 5.5.1. */
    String reason() {
        return reason;
    }
}
