package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * The name a sender gave to one send. Unique per room and sender; a repeat of it is the same message (G2).
 *
 * <p>Immutable; safe on any thread.
 *
 * @param value the UUID (RFC 9562)
 */
public record ClientMessageId(UUID value) implements Comparable<ClientMessageId> {

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<ClientMessageId> parse(String text) {
        return CanonicalUuid.parse(text).map(ClientMessageId::new);
    }

    /** A new random (version 4) identifier. */
    public static ClientMessageId random() {
        return new ClientMessageId(UUID.randomUUID());
    }

    @Override
    public int compareTo(ClientMessageId other) {
        return value.compareTo(other.value);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
