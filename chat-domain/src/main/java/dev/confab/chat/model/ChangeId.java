package dev.confab.chat.model;

import java.util.UUID;

/**
 * Names a {@link RoomChange} on its way out, for ever: who hears of one twice knows it by this.
 *
 * @param value the UUID (RFC 9562)
 */
public record ChangeId(UUID value) {

    /** A new random (version 4) identifier. */
    public static ChangeId random() {
        return new ChangeId(UUID.randomUUID());
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
