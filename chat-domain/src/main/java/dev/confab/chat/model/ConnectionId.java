package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names one live connection of a user to one server.
 *
 * <p>Immutable; safe on any thread.
 *
 * @param value the UUID (RFC 9562)
 */
public record ConnectionId(UUID value) implements Comparable<ConnectionId> {

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<ConnectionId> parse(String text) {
        return CanonicalUuid.parse(text).map(ConnectionId::new);
    }

    /** A new random (version 4) identifier. */
    public static ConnectionId random() {
        return new ConnectionId(UUID.randomUUID());
    }

    @Override
    public int compareTo(ConnectionId other) {
        return value.compareTo(other.value);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
