package dev.confab.chat.timeline;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about one room depends on, read while the room is locked, so that nothing of it can change before
 * the decision is written.
 *
 * @param status null when there is no such room
 * @param lastSeq the head of the room's order
 * @param ord how many messages of people the room has seen (unread counts derive from it, G8)
 * @param lastMessageId the newest message; null while there is none
 * @param members those of the commands' senders who are members, with their nicknames
 * @param known outcomes of earlier commands with the keys of these commands
 * @param replyTargets those of the messages that the commands answer to which are in the room
 */
public record LockedRoom(
        RoomId id,
        @Nullable RoomStatus status,
        Sequence lastSeq,
        long ord,
        @Nullable MessageId lastMessageId,
        Map<UserId, String> members,
        Map<CommandKey, Outcome> known,
        Set<MessageId> replyTargets) {

    /** A room that does not exist. Earlier outcomes are known even so. */
    public static LockedRoom missing(RoomId id, Map<CommandKey, Outcome> known) {
        return new LockedRoom(id, null, Sequence.NONE, 0, null, Map.of(), known, Set.of());
    }
}
