package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a room or to somebody's place in it, as it was written together with the change itself.
 * Within one room, changes have the order in which they happened.
 */
public sealed interface RoomChange {

    /** Where it happened. */
    RoomId roomId();

    /** Whose doing it is. */
    UserId by();

    /**
     * The room's {@code memberVersion} with this change (G14). Changes that happened at once share one, and what leaves
     * members and status as they were does not raise it. A room begins with version 1: who joined with it was there
     * from the start.
     */
    long memberVersion();

    /** When it happened. */
    Instant occurredAt();

    /** What is about one person's place in the room. */
    sealed interface OfMember extends RoomChange {
        /** Whose place. */
        UserId userId();

        /** The role with the change, or the last one; null for who was no member. */
        @Nullable
        Role role();

        /** Whether that person is no member from then on. */
        default boolean endsPlace() {
            return this instanceof MemberLeft || this instanceof MemberRemoved || this instanceof MemberBanned;
        }
    }

    /** Somebody became a member, by joining, by an invitation, or with the room. */
    record MemberJoined(RoomId roomId, UserId userId, Role role, UserId by, long memberVersion, Instant occurredAt)
            implements OfMember {}

    /** Somebody left. */
    record MemberLeft(RoomId roomId, UserId userId, Role role, long memberVersion, Instant occurredAt)
            implements OfMember {
        @Override
        public UserId by() {
            return userId;
        }
    }

    /** Somebody was taken out of the room. */
    record MemberRemoved(RoomId roomId, UserId userId, Role role, UserId by, long memberVersion, Instant occurredAt)
            implements OfMember {}

    /**
     * Somebody was banned, and taken out of the room.
     *
     * @param role null when the banned was no member
     */
    record MemberBanned(
            RoomId roomId, UserId userId, @Nullable Role role, UserId by, long memberVersion, Instant occurredAt)
            implements OfMember {}

    /** Somebody has another role. An OWNER who leaves hands the room on: then it is by that OWNER. */
    record RoleChanged(RoomId roomId, UserId userId, Role role, UserId by, long memberVersion, Instant occurredAt)
            implements OfMember {}

    /**
     * The room itself was changed.
     *
     * @param newName the name, if that was changed
     */
    record RoomUpdated(RoomId roomId, UserId by, @Nullable String newName, long memberVersion, Instant occurredAt)
            implements RoomChange {}

    /** The room was closed, or its last member left. */
    record RoomClosed(RoomId roomId, UserId by, long memberVersion, Instant occurredAt) implements RoomChange {}
}
