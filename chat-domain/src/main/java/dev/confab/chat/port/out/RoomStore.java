package dev.confab.chat.port.out;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rooms and who is in them. Changes of membership take the same lock on the room as {@link MessageLog#store} and raise
 * its {@code memberVersion}. All calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface RoomStore {

    /** Makes a room with its creator as OWNER and {@code memberIds} as members. Those who do not exist are refused. */
    Creation create(NewRoom room);

    /**
     * What to make.
     *
     * @param memberIds without the creator
     */
    record NewRoom(
            RoomId id,
            String name,
            Visibility visibility,
            @Nullable Integer capacity,
            Map<String, @Nullable Object> metadata,
            UserId createdBy,
            List<UserId> memberIds,
            Instant createdAt) {}

    /** What became of {@link #create}. */
    sealed interface Creation {
        /** Made. */
        record Created(Room room) implements Creation {}

        /** Some of the members do not exist; nothing was made. */
        record UnknownUsers(List<UserId> userIds) implements Creation {}
    }

    /** A room by id. */
    Optional<Room> find(RoomId id);

    /** The state of a room, and which of {@code users} are members; empty when there is no such room. */
    Optional<RoomStanding> standing(RoomId id, Collection<UserId> users);

    /** Somebody's place in a room; empty when not a member. */
    Optional<Membership> membership(RoomId id, UserId userId);

    /** Makes somebody a member, exactly within the capacity. The newcomer's read marker starts at the head. */
    Joining join(RoomId id, UserId userId, Instant now);

    /** What became of {@link #join}. */
    sealed interface Joining {
        /** A new member. */
        record Joined(Membership membership, long memberVersion) implements Joining {}

        /** Was a member before; nothing changed. */
        record AlreadyMember(Membership membership) implements Joining {}

        /** No such room, or it is private. */
        record NotFound() implements Joining {}

        /** The room is closed. */
        record Closed() implements Joining {}

        /** The room has as many members as it takes. */
        record Full() implements Joining {}
    }

    /**
     * Ends a membership. An OWNER hands the room to the longest-standing ADMIN, else to the longest-standing MEMBER;
     * when nobody is left the room closes.
     */
    Leaving leave(RoomId id, UserId userId, Instant now);

    /** What became of {@link #leave}. */
    sealed interface Leaving {
        /** Done. */
        record Left(long memberVersion) implements Leaving {}

        /** Was no member. */
        record NotAMember() implements Leaving {}

        /** No such room. */
        record NotFound() implements Leaving {}
    }

    /**
     * The rooms somebody is in, latest activity first.
     *
     * @param limit 1 to 100
     */
    Page<RoomSummary, RoomListCursor> roomsOf(UserId userId, @Nullable RoomListCursor after, int limit);

    /**
     * The members of a room by the time they joined.
     *
     * @param limit 1 to 100
     */
    Page<Membership, MemberCursor> members(RoomId id, @Nullable MemberCursor after, int limit);
}
