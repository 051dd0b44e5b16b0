package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of moving a read marker. */
public sealed interface Marking {

    /**
     * The present state.
     *
     * @param moved whether this call changed it
     * @param lastReadMessageId null while nothing was read
     * @param readAt when the marker last moved; null while nothing was read
     */
    record Marked(
            boolean moved,
            @Nullable MessageId lastReadMessageId,
            Sequence lastReadSeq,
            @Nullable Instant readAt,
            long unreadCount)
            implements Marking {}

    /** Not a member, or no such room. */
    record NotAMember() implements Marking {}

    /** The room has no such message. */
    record MessageNotFound() implements Marking {}
}
