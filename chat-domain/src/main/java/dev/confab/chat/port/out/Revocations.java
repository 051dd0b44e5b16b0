package dev.confab.chat.port.out;

import dev.confab.chat.model.SessionId;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Tells every server within 1 s that a login was ended before its access tokens expired (G14).
 */
public interface Revocations extends AutoCloseable {

    /**
     * Ends a login everywhere until its last access token would have expired: here at once, elsewhere within 1 s, and on
     * servers that start later from their start. While the carrier is away the others are told as soon as it returns, if
     * this server lives that long. Blocks for at most 2 s; safe on any thread.
     */
    void revoke(SessionId sessionId, Instant until);

    /**
     * Whether this server knows the login to be ended; false again after its last access token expired. Does not block;
     * safe on any thread.
     */
    boolean isRevoked(SessionId sessionId);

    /**
     * Calls back for each login that is ended anywhere, this server included, from now on, at least once. On a thread of
     * the adapter; must not block for long.
     */
    Subscription onRevoked(Consumer<SessionId> listener);

    /** Ends all subscriptions and lets go of everything; what it knew it still knows. Idempotent. */
    @Override
    void close();
}
