package dev.confab.chat.model;

import java.util.UUID;

/**
 * Names a {@link RoomChange} on its way out, for ever: who hears of one twice knows it by this.
 *
 * @param value the UUID (RFC 9562)
 */
public record ChangeId(UUID value) {

    /** The space of the names of announcements; never changed. */
    private static final UUID ANNOUNCEMENTS = UUID.fromString("0f3c1c1e-6d0e-4b53-9c4b-7a6f0d0f5e21");

    /** A new random (version 4) identifier. */
    public static ChangeId random() {
        return new ChangeId(UUID.randomUUID());
    }

    /** The name of the message that announces the change in its room: always the same one, so that it is sent once. */
    public ClientMessageId announcement() {
        return new ClientMessageId(NameUuid.of(ANNOUNCEMENTS, value.toString()));
    }

    /** Follows the change from here on. */
    public TraceId traceId() {
        return new TraceId(value.toString().replace("-", ""));
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
