package dev.confab.chat.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names a {@link Notification}: the same message told to the same user has the same name, however often it is told. Who
 * hears of one twice knows it by this.
 *
 * @param value the UUID (RFC 9562)
 */
public record NotificationId(UUID value) {

    /** The space of these names, chosen at random once and for all. */
    private static final UUID SPACE = UUID.fromString("5b0f7d0e-93d4-4c43-8d0e-6f2e6f7a1c55");

    /** The name made of both (version 5, RFC 9562 section 5.5). */
    public static NotificationId of(MessageId messageId, UserId userId) {
        return new NotificationId(NameUuid.of(SPACE, messageId + ":" + userId));
    }

    /** Reads the 36-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<NotificationId> parse(String text) {
        return CanonicalUuid.parse(text).map(NotificationId::new);
    }

    /** The canonical 36-character lower-case form. */
    @Override
    public String toString() {
        return value.toString();
    }
}
