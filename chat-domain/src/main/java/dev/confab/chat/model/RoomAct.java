package dev.confab.chat.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody does in a room besides talking: decided, and carried out or refused, under the room's lock. */
public sealed interface RoomAct {

    /** Whom else it is about; null for nobody. */
    default @Nullable UserId target() {
        return null;
    }

    /** Becomes a member. Nothing changes for who is one. */
    record Join() implements RoomAct {}

    /**
     * Ends one's membership. An OWNER hands the room to the longest-standing ADMIN, else to the longest-standing MEMBER;
     * behind the last one the room closes.
     */
    record Leave() implements RoomAct {}

    /** What is about the room or about others in it. */
    sealed interface Moderation extends RoomAct {}

    /** Makes somebody a member. Nothing changes for who is one. */
    record Invite(UserId userId) implements Moderation {
        @Override
        public UserId target() {
            return userId;
        }
    }

    /**
     * Gives somebody another role.
     *
     * @param role not OWNER, which is handed over by leaving alone
     */
    record ChangeRole(UserId userId, Role role) implements Moderation {
        @Override
        public UserId target() {
            return userId;
        }
    }

    /** Takes somebody out of the room. */
    record Remove(UserId userId) implements Moderation {
        @Override
        public UserId target() {
            return userId;
        }
    }

    /**
     * Keeps somebody out of the room, and takes him or her out. A later ban takes the place of an earlier one.
     *
     * @param reason for people; null: none was given
     * @param until when it ends by itself; null: never
     */
    record Ban(
            UserId userId,
            @Nullable String reason,
            @Nullable Instant until) implements Moderation {
        @Override
        public UserId target() {
            return userId;
        }
    }

    /** Ends a ban. Nothing changes for who is not banned. */
    record LiftBan(UserId userId) implements Moderation {
        @Override
        public UserId target() {
            return userId;
        }
    }

    /**
     * Changes the room itself; what is null stays as it is.
     *
     * @param capacity not below the number of members
     */
    record Update(
            @Nullable String name,
            @Nullable Visibility visibility,
            @Nullable Integer capacity,
            @Nullable Map<String, @Nullable Object> metadata)
            implements Moderation {}

    /** Ends the room: it keeps its history and takes nothing more. Nothing changes for a closed room. */
    record Close() implements Moderation {}
}
