package dev.confab.chat.timeline;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Role;
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
 * @param members those of the commands' senders who are members
 * @param known outcomes of earlier commands with the keys of these commands
 * @param targets those of the messages that the commands {@linkplain Targets#of answer to or change} which are in the
 *     room, as they are
 * @param nicknames who, of the members, goes by the {@linkplain Mentions#candidates nicknames} that the commands may
 *     mention; others may be left out
 */
public record LockedRoom(
        RoomId id,
        @Nullable RoomStatus status,
        Sequence lastSeq,
        long ord,
        @Nullable MessageId lastMessageId,
        Map<UserId, Member> members,
        Map<CommandKey, Outcome> known,
        Map<MessageId, Message> targets,
        Map<String, Set<UserId>> nicknames) {

    /** Somebody in the room. */
    public record Member(String nickname, Role role) {}

    /** A room that does not exist. Earlier outcomes are known even so. */
    public static LockedRoom missing(RoomId id, Map<CommandKey, Outcome> known) {
        return new LockedRoom(id, null, Sequence.NONE, 0, null, Map.of(), known, Map.of(), Map.of());
    }
}
