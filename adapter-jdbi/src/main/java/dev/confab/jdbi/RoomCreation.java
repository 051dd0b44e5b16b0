package dev.confab.jdbi;

import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.RoomStore.Creation;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes rooms, inside one transaction. */
final class RoomCreation {

    /** Of those who make the same DIRECT room at once, one makes it and the others wait for that and then find it. */
    private static final String INSERT_ROOM = """
            insert into rooms (id, type, visibility, status, name, name_key, booking_id, direct_key, capacity, metadata,
                               created_by, created_at, member_count, member_version)
            values (:id, :type, :visibility, :status, :name, :key, :booking, :direct, :capacity,
                    cast(:metadata as jsonb), :createdBy, :createdAt, :memberCount, :memberVersion)
            on conflict (direct_key) do nothing
            """;

    private static final String INSERT_MEMBERS = """
            insert into room_members (room_id, user_id, role, joined_at, last_read_seq, read_ord)
            select :room, f.*, :now, 0, 0 from unnest(:users, :roles) as f
            """;

    private static final long FIRST_VERSION = 1;

    private final Handle handle;
    private final NewRoom room;
    private final Instant createdAt;

    RoomCreation(Handle handle, NewRoom room) {
        this.handle = handle;
        this.room = room;
        this.createdAt = Columns.time(room.createdAt()).toInstant();
    }

    Creation create() {
        Set<UserId> members = new LinkedHashSet<>();
        members.add(room.createdBy());
        members.addAll(room.memberIds());
        Map<UserId, String> nicknames = nicknames(members);
        if (nicknames.size() < members.size()) {
            List<UserId> unknown = new ArrayList<>(members);
            unknown.removeAll(nicknames.keySet());
            return new Creation.UnknownUsers(List.copyOf(unknown));
        }
        DirectPair pair = room.type() == RoomType.DIRECT ? pair(nicknames) : null;
        if (insert(members.size(), pair)) {
            add(members);
            return new Creation.Created(view(members.size(), pair));
        }
        return new RoomActs(handle, existing(pair)).letBackIn(room.createdBy(), createdAt);
    }

    private static DirectPair pair(Map<UserId, String> nicknames) {
        List<DirectPair.Peer> two = nicknames.entrySet().stream()
                .map(one -> new DirectPair.Peer(one.getKey(), one.getValue()))
                .toList();
        return RoomRow.inOrder(two.getFirst(), two.getLast());
    }

    private RoomId existing(@Nullable DirectPair pair) {
        return handle.createQuery("select id from rooms where direct_key = ?")
                .bind(0, RoomRow.directKey(pair))
                .map((row, context) -> new RoomId(Columns.uuid(row, 1)))
                .one();
    }

    /** Returns whether the room was made, and not there before. */
    private boolean insert(int memberCount, @Nullable DirectPair pair) {
        return handle.createUpdate(INSERT_ROOM)
                        .bind("id", room.id().value())
                        .bind("type", room.type().name())
                        .bind("visibility", room.visibility().name())
                        .bind("status", RoomStatus.OPEN.name())
                        .bind("name", room.name())
                        .bind("key", RoomRow.key(room.name()))
                        .bind("booking", room.bookingId())
                        .bind("direct", RoomRow.directKey(pair))
                        .bind("capacity", room.capacity())
                        .bind("metadata", RoomRow.json(room.metadata()))
                        .bind("createdBy", room.createdBy().value())
                        .bind("createdAt", Columns.time(createdAt))
                        .bind("memberCount", memberCount)
                        .bind("memberVersion", FIRST_VERSION)
                        .execute()
                == 1;
    }

    private void add(Set<UserId> members) {
        handle.createUpdate(INSERT_MEMBERS)
                .bind("room", room.id().value())
                .bind("now", Columns.time(createdAt))
                .bind("users", UuidArray.of(members, UserId::value))
                .bind("roles", Columns.texts(members, user -> role(user).name()))
                .execute();
        OutboxRows.write(
                handle,
                members.stream()
                        .map(user -> new RoomChange.MemberJoined(
                                room.id(), user, role(user), room.createdBy(), FIRST_VERSION, createdAt))
                        .toList());
    }

    private Role role(UserId user) {
        return user.equals(room.createdBy()) && room.type() != RoomType.DIRECT ? Role.OWNER : Role.MEMBER;
    }

    private Room view(int memberCount, @Nullable DirectPair pair) {
        return new Room(
                room.id(),
                room.name(),
                room.type(),
                room.visibility(),
                RoomStatus.OPEN,
                room.bookingId(),
                room.capacity(),
                room.metadata(),
                room.createdBy(),
                createdAt,
                memberCount,
                Sequence.NONE,
                null,
                null,
                FIRST_VERSION,
                pair);
    }

    private Map<UserId, String> nicknames(Set<UserId> users) {
        Map<UserId, String> nicknames = new LinkedHashMap<>();
        handle.createQuery("select id, nickname from users where id = any(?)")
                .bind(0, UuidArray.of(users, UserId::value))
                .map((row, context) -> Map.entry(new UserId(Columns.uuid(row, 1)), row.getString(2)))
                .forEach(one -> nicknames.put(one.getKey(), one.getValue()));
        return nicknames;
    }
}
