package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names one login: the {@code sid} of its access tokens and the family of its refresh tokens.
 *
 * <p>Immutable; safe on any thread.
 *
 * @param value the UUID (RFC 9562)
 */
public record SessionId(UUID value) implements Comparable<SessionId> {

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<SessionId> parse(String text) {
        return CanonicalUuid.parse(text).map(SessionId::new);
    }

    /** A new random (version 4) identifier. */
    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
