package dev.confab.chat.port.out;

import dev.confab.chat.model.SessionId;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Tells every server within 1 s that a login was ended before its access tokens expired (G14).
 */
public interface Revocations extends AutoCloseable {

    /** Ends a login everywhere until its last access token would have expired. Blocks; safe on any thread. */
    void revoke(SessionId sessionId, Instant until);

    /** Whether this server knows the login to be ended. Does not block; safe on any thread. */
    boolean isRevoked(SessionId sessionId);

    /** Calls back for each login that is ended anywhere, from now on, at least once. On a thread of the adapter. */
    Subscription onRevoked(Consumer<SessionId> listener);

    @Override
    void close();
}
