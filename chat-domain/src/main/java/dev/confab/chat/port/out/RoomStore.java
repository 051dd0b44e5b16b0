package dev.confab.chat.port.out;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.RoomType;
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
 * its {@code memberVersion}; every change is written to the {@link Outbox} in the same transaction. All calls block and
 * may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface RoomStore {

    /**
     * Makes a room with its creator as OWNER and {@code memberIds} as members; in a DIRECT room both are MEMBER. Those
     * who do not exist are refused. Of DIRECT rooms there is one for each pair, however many make it at once: making it
     * again lets the creator back in.
     */
    Creation create(NewRoom room);

    /**
     * What to make.
     *
     * @param name null for DIRECT
     * @param memberIds without the creator; exactly one for DIRECT
     */
    record NewRoom(
            RoomId id,
            @Nullable String name,
            RoomType type,
            Visibility visibility,
            @Nullable String bookingId,
            @Nullable Integer capacity,
            Map<String, @Nullable Object> metadata,
            UserId createdBy,
            List<UserId> memberIds,
            Instant createdAt) {

        /** A GROUP. */
        public NewRoom(
                RoomId id,
                String name,
                Visibility visibility,
                @Nullable Integer capacity,
                Map<String, @Nullable Object> metadata,
                UserId createdBy,
                List<UserId> memberIds,
                Instant createdAt) {
            this(id, name, RoomType.GROUP, visibility, null, capacity, metadata, createdBy, memberIds, createdAt);
        }
    }

    /** What became of {@link #create}. */
    sealed interface Creation {
        /** Made. */
        record Created(Room room) implements Creation {}

        /**
         * The two have a DIRECT room already.
         *
         * @param cameBack whether the creator had left it and is a member again
         */
        record Existing(Room room, boolean cameBack) implements Creation {}

        /** Some of the members do not exist; nothing was made. */
        record UnknownUsers(List<UserId> userIds) implements Creation {}
    }

    /** A room by id. */
    Optional<Room> find(RoomId id);

    /** The state of a room, and which of {@code users} are members; empty when there is no such room. */
    Optional<RoomStanding> standing(RoomId id, Collection<UserId> users);

    /** Somebody's place in a room; empty when not a member. */
    Optional<Membership> membership(RoomId id, UserId userId);

    /**
     * Carries out what somebody does in a room, or refuses it, as {@code RoomDecision} says; exactly within the capacity.
     * A newcomer's read marker starts at the head.
     *
     * @param by who exists; a member or not
     */
    Acted act(RoomId id, UserId by, RoomAct act, Instant now);

    /** What became of {@link #act}. */
    sealed interface Acted {
        /**
         * Done.
         *
         * @param room as it is now
         * @param membership the place of whom the act was about, else of who did it; null for who is no member now
         * @param changes what happened; empty when all was so before
         */
        record Done(Room room, @Nullable Membership membership, List<RoomChange> changes) implements Acted {}

        /** Nothing was done, and why. */
        record Refused(Refusal refusal) implements Acted {}
    }

    /**
     * The rooms somebody is in, latest activity first.
     *
     * @param limit 1 to 100
     */
    Page<RoomSummary, RoomListCursor> roomsOf(UserId userId, @Nullable RoomListCursor after, int limit);

    /**
     * Open public rooms, the newest first.
     *
     * @param name part of the name, without regard to case; empty: any
     * @param limit 1 to 100
     */
    Page<Room, RoomCursor> publicRooms(String name, @Nullable RoomCursor after, int limit);

    /**
     * The members of a room by the time they joined.
     *
     * @param limit 1 to 100
     */
    Page<Membership, MemberCursor> members(RoomId id, @Nullable MemberCursor after, int limit);

    /**
     * The bans of a room that hold at {@code now}, by the time they were made.
     *
     * @param limit 1 to 100
     */
    Page<RoomBan, BanCursor> bans(RoomId id, Instant now, @Nullable BanCursor after, int limit);

    /**
     * What moderators did in a room, the latest first.
     *
     * @param limit 1 to 100
     */
    Page<AuditEntry, AuditCursor> audit(RoomId id, @Nullable AuditCursor after, int limit);
}
