package dev.confab.chat.inmemory;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member of a room with his or her read marker.
 *
 * @param readOrd the room's count of people's messages at the marker, from which the unread count follows (G8)
 */
record InMemoryMember(
        UserId userId,
        Role role,
        Instant joinedAt,
        @Nullable MessageId readId,
        Sequence readSeq,
        long readOrd,
        @Nullable Instant readAt,
        NotificationLevel level) {

    InMemoryMember withRole(Role newRole) {
        return new InMemoryMember(userId, newRole, joinedAt, readId, readSeq, readOrd, readAt, level);
    }

    InMemoryMember withLevel(NotificationLevel newLevel) {
        return new InMemoryMember(userId, role, joinedAt, readId, readSeq, readOrd, readAt, newLevel);
    }

    InMemoryMember withReadOrd(long rightReadOrd) {
        return new InMemoryMember(userId, role, joinedAt, readId, readSeq, rightReadOrd, readAt, level);
    }

    InMemoryMember reading(InMemoryRoom.Stored stored, Instant at) {
        return new InMemoryMember(
                userId, role, joinedAt, stored.message().id(), stored.message().seq(), stored.ord(), at, level);
    }
}
