package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names a room, for ever. Rooms are the unit of order: see {@link Sequence}.
 *
 * <p>Immutable; safe on any thread.
 *
 * @param value the UUID (RFC 9562)
 */
public record RoomId(UUID value) implements Comparable<RoomId> {

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<RoomId> parse(String text) {
        return CanonicalUuid.parse(text).map(RoomId::new);
    }

    /** A new random (version 4) identifier. */
    public static RoomId random() {
        return new RoomId(UUID.randomUUID());
    }

    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
