package dev.confab.jdbi;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.Joining;
import dev.confab.chat.port.out.RoomStore.Leaving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes who is in a room, inside one transaction that holds the room's lock: the same that storing messages takes, so
 * that counts are exact and nobody's message is stored after he or she has left.
 */
final class RoomMembers {

    private static final String LOCK = "select visibility, status, capacity, member_count, member_version from rooms"
            + " where id = ? for no key update";

    /** The newcomer has read everything up to now. */
    private static final String ADD = """
            insert into room_members as m (room_id, user_id, role, joined_at,
                                           last_read_message_id, last_read_seq, read_ord, last_read_at)
            select r.id, :user, :role, :now, r.last_message_id, r.last_seq, r.ord,
                   case when r.last_message_id is not null then cast(:now as timestamptz) end
            from rooms r where r.id = :room
            on conflict (room_id, user_id) do update
            set role = excluded.role, joined_at = excluded.joined_at, left_at = null,
                last_read_message_id = excluded.last_read_message_id, last_read_seq = excluded.last_read_seq,
                read_ord = excluded.read_ord, last_read_at = excluded.last_read_at
            """;

    private static final String REMOVE = """
            update room_members set left_at = :now
            where room_id = :room and user_id = :user and left_at is null
            returning role
            """;

    private static final String HAND_OVER = """
            update room_members set role = :owner
            where room_id = :room and user_id = (
                select user_id from room_members
                where room_id = :room and left_at is null
                order by (role = :admin) desc, joined_at, user_id
                limit 1)
            returning user_id
            """;

    private static final String CHANGE = """
            update rooms
            set member_count = member_count + :change, member_version = member_version + 1,
                status = case when member_count + :change = 0 then :closed else status end
            where id = :room
            """;

    private record Locked(
            Visibility visibility,
            RoomStatus status,
            @Nullable Integer capacity,
            int memberCount,
            long memberVersion) {}

    private final Handle handle;
    private final RoomId roomId;

    RoomMembers(Handle handle, RoomId roomId) {
        this.handle = handle;
        this.roomId = roomId;
    }

    Joining join(UserId userId, Instant now) {
        Optional<Locked> found = lock();
        if (found.isEmpty()) {
            return new Joining.NotFound();
        }
        Optional<Membership> present = membership(userId);
        if (present.isPresent()) {
            return new Joining.AlreadyMember(present.get());
        }
        Locked room = found.get();
        if (room.visibility() == Visibility.PRIVATE) {
            return new Joining.NotFound();
        }
        if (room.status() == RoomStatus.CLOSED) {
            return new Joining.Closed();
        }
        if (room.capacity() != null && room.memberCount() >= room.capacity()) {
            return new Joining.Full();
        }
        handle.createUpdate(ADD)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("role", Role.MEMBER.name())
                .bind("now", Columns.time(now))
                .execute();
        change(1);
        long version = room.memberVersion() + 1;
        OutboxRows.write(
                handle, List.of(new RoomChange.MemberJoined(roomId, userId, Role.MEMBER, userId, version, now)));
        return new Joining.Joined(membership(userId).orElseThrow(), version);
    }

    Leaving leave(UserId userId, Instant now) {
        Optional<Locked> found = lock();
        if (found.isEmpty()) {
            return new Leaving.NotFound();
        }
        Optional<Role> role = handle.createQuery(REMOVE)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("now", Columns.time(now))
                .map((row, context) -> Role.valueOf(row.getString(1)))
                .findOne();
        if (role.isEmpty()) {
            return new Leaving.NotAMember();
        }
        long version = found.get().memberVersion() + 1;
        List<RoomChange> changes = new ArrayList<>();
        changes.add(new RoomChange.MemberLeft(roomId, userId, role.get(), version, now));
        if (role.get() == Role.OWNER) {
            handOver()
                    .ifPresent(heir ->
                            changes.add(new RoomChange.RoleChanged(roomId, heir, Role.OWNER, userId, version, now)));
        }
        if (found.get().memberCount() == 1) {
            changes.add(new RoomChange.RoomClosed(roomId, userId, version, now));
        }
        change(-1);
        OutboxRows.write(handle, changes);
        return new Leaving.Left(version);
    }

    private Optional<UserId> handOver() {
        return handle.createQuery(HAND_OVER)
                .bind("room", roomId.value())
                .bind("owner", Role.OWNER.name())
                .bind("admin", Role.ADMIN.name())
                .map((row, context) -> new UserId(Columns.uuid(row, 1)))
                .findOne();
    }

    private Optional<Locked> lock() {
        return handle.createQuery(LOCK)
                .bind(0, roomId.value())
                .map((row, context) -> new Locked(
                        Visibility.valueOf(row.getString(1)),
                        RoomStatus.valueOf(row.getString(2)),
                        row.getObject(3, Integer.class),
                        row.getInt(4),
                        row.getLong(5)))
                .findOne();
    }

    private Optional<Membership> membership(UserId userId) {
        return handle.createQuery(JdbiRoomStore.MEMBERSHIP)
                .bind(0, roomId.value())
                .bind(1, userId.value())
                .map((row, context) -> MembershipRow.read(row))
                .findOne();
    }

    private void change(int members) {
        handle.createUpdate(CHANGE)
                .bind("room", roomId.value())
                .bind("change", members)
                .bind("closed", RoomStatus.CLOSED.name())
                .execute();
    }
}
