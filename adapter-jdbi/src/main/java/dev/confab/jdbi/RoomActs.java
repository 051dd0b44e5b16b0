package dev.confab.jdbi;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomDecision;
import dev.confab.chat.permission.Verdict;
import dev.confab.chat.port.out.RoomStore.Acted;
import dev.confab.chat.port.out.RoomStore.Creation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what people do in a room, one after another, inside one transaction that holds the room's lock: the same
 * that storing messages takes, so that counts are exact and nobody's message is stored after he or she has left. What
 * the room itself becomes, and what is to be told of it, is written at the end by {@link #finish}.
 */
final class RoomActs {

    private static final String LOCK =
            "select " + RoomRow.COLUMNS + " from rooms r where r.id = ? for no key update of r";

    /** The newcomer has read everything up to now, and wants to be told of everything from now on. */
    private static final String ADD = """
            insert into room_members as m (room_id, user_id, role, joined_at,
                                           last_read_message_id, last_read_seq, read_ord, last_read_at)
            select r.id, :user, :role, :now, r.last_message_id, r.last_seq, r.ord,
                   case when r.last_message_id is not null then cast(:now as timestamptz) end
            from rooms r where r.id = :room
            on conflict (room_id, user_id) do update
            set role = excluded.role, joined_at = excluded.joined_at, left_at = null,
                last_read_message_id = excluded.last_read_message_id, last_read_seq = excluded.last_read_seq,
                read_ord = excluded.read_ord, last_read_at = excluded.last_read_at,
                notify_level = excluded.notify_level
            """;

    private static final String TAKE_OUT =
            "update room_members set left_at = :now where room_id = :room and user_id = :user and left_at is null";

    private static final String GIVE_ROLE =
            "update room_members set role = :role where room_id = :room and user_id = :user";

    private static final String SETTLE = """
            update rooms set member_count = :members, member_version = :version, status = :status where id = :room
            """;

    private static final String UPDATE = """
            update rooms
            set name = :name, name_key = :key, visibility = :visibility, capacity = :capacity,
                metadata = cast(:metadata as jsonb)
            where id = :room
            """;

    private final Handle handle;
    private final RoomId roomId;
    private final List<RoomChange> changes = new ArrayList<>();
    private @Nullable Room room;

    RoomActs(Handle handle, RoomId roomId) {
        this.handle = handle;
        this.roomId = roomId;
    }

    Acted act(UserId by, RoomAct act, Instant now) {
        Optional<Room> locked = lock();
        if (locked.isEmpty()) {
            return new Acted.Refused(Refusal.of(Refusal.Code.ROOM_NOT_FOUND));
        }
        return switch (RoomDecision.decide(locked.get(), by, act, now, new RoomPeople(handle, roomId, now))) {
            case Verdict.Refused(var refusal) -> new Acted.Refused(refusal);
            case Verdict.Done done -> {
                settle(done);
                switch (act) {
                    case RoomAct.Ban ban -> new RoomBans(handle, roomId).put(ban, by, now);
                    case RoomAct.LiftBan lift -> new RoomBans(handle, roomId).remove(lift.userId());
                    default -> {
                        // Its changes are all there is to it.
                    }
                }
                UserId subject = Objects.requireNonNullElse(act.target(), by);
                yield new Acted.Done(done.room(), membership(subject).orElse(null), done.changes());
            }
        };
    }

    /** Lets one of the two of a DIRECT room, which must exist, back in. */
    Creation letBackIn(UserId one, Instant now) {
        Room locked = lock().orElseThrow();
        Verdict.Done verdict = RoomDecision.letBackIn(locked, one, now, new RoomPeople(handle, roomId, now));
        settle(verdict);
        finish();
        return new Creation.Existing(verdict.room(), !verdict.changes().isEmpty());
    }

    /** As it is after what was done so far; locked for the rest of the transaction. */
    private Optional<Room> lock() {
        if (room == null) {
            room = handle.createQuery(LOCK)
                    .bind(0, roomId.value())
                    .map((row, context) -> RoomRow.read(row))
                    .findOne()
                    .orElse(null);
        }
        return Optional.ofNullable(room);
    }

    /** Writes what all of it made of the room. To be called once, before the transaction ends. */
    void finish() {
        if (room != null && !changes.isEmpty()) {
            handle.createUpdate(SETTLE)
                    .bind("room", roomId.value())
                    .bind("members", room.memberCount())
                    .bind("version", room.memberVersion())
                    .bind("status", room.status().name())
                    .execute();
            OutboxRows.write(handle, changes);
        }
    }

    private void settle(Verdict.Done verdict) {
        room = verdict.room();
        changes.addAll(verdict.changes());
        verdict.changes().forEach(change -> settle(change, verdict.room()));
        if (verdict.audit() != null) {
            AuditRows.write(handle, verdict.audit());
        }
    }

    private void settle(RoomChange change, Room after) {
        switch (change) {
            case RoomChange.MemberJoined joined -> add(joined.userId(), joined.role(), joined.occurredAt());
            case RoomChange.MemberLeft left -> takeOut(left);
            case RoomChange.MemberRemoved removed -> takeOut(removed);
            case RoomChange.MemberBanned banned -> takeOut(banned);
            case RoomChange.RoleChanged changed ->
                handle.createUpdate(GIVE_ROLE)
                        .bind("room", roomId.value())
                        .bind("user", changed.userId().value())
                        .bind("role", changed.role().name())
                        .execute();
            case RoomChange.RoomUpdated updated -> update(after);
            case RoomChange.RoomClosed closed -> {
                // The status is written with the counts.
            }
        }
    }

    private void add(UserId userId, Role role, Instant now) {
        handle.createUpdate(ADD)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("role", role.name())
                .bind("now", Columns.time(now))
                .execute();
    }

    private void takeOut(RoomChange.OfMember change) {
        handle.createUpdate(TAKE_OUT)
                .bind("room", roomId.value())
                .bind("user", change.userId().value())
                .bind("now", Columns.time(change.occurredAt()))
                .execute();
    }

    private void update(Room after) {
        handle.createUpdate(UPDATE)
                .bind("room", roomId.value())
                .bind("name", after.name())
                .bind("key", RoomRow.key(after.name()))
                .bind("visibility", after.visibility().name())
                .bind("capacity", after.capacity())
                .bind("metadata", RoomRow.json(after.metadata()))
                .execute();
    }

    private Optional<Membership> membership(UserId userId) {
        return handle.createQuery(JdbiRoomStore.MEMBERSHIP)
                .bind(0, roomId.value())
                .bind(1, userId.value())
                .map((row, context) -> MembershipRow.read(row))
                .findOne();
    }
}
