package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names a user, for ever.
 *
 * <p>Immutable; safe on any thread.
 *
 * @param value the UUID (RFC 9562)
 */
public record UserId(UUID value) implements Comparable<UserId> {

    /** Nobody: the nil UUID, which stands for the server where a sender must be named. */
    public static final UserId NOBODY = new UserId(new UUID(0, 0));

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<UserId> parse(String text) {
        return CanonicalUuid.parse(text).map(UserId::new);
    }

    /** A new random (version 4) identifier. */
    public static UserId random() {
        return new UserId(UUID.randomUUID());
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
