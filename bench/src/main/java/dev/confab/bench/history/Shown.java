package dev.confab.bench.history;

import org.jspecify.annotations.Nullable;

/**
 * An event of a room's timeline as somebody was shown it.
 *
 * @param seq its place in the room: the message's own for a new one, the change's for an edit or a deletion
 * @param id of the message
 * @param key the {@code clientMsgId}; null for messages of the server itself
 * @param sender null for messages of the server itself
 * @param content what {@link Fingerprint} says of it; null where it was deleted
 */
public record Shown(
        What what,
        String room,
        long seq,
        String id,
        @Nullable String key,
        @Nullable String sender,
        String type,
        @Nullable String content) {

    /** What happened to the message. */
    public enum What {
        NEW,
        EDITED,
        DELETED
    }

    boolean isSystem() {
        return sender == null && type.equals("SYSTEM");
    }

    @Override
    public String toString() {
        return what + " seq " + seq + " id " + id + (sender == null ? " of the server" : " key " + key)
                + (content == null ? " without content" : " content " + content);
    }
}
