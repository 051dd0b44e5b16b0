package dev.confab.jdbi;

import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.RoomStore.Creation;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes rooms, inside one transaction. */
final class RoomCreation {

    private static final String INSERT_ROOM = """
            insert into rooms (id, type, visibility, status, name, capacity, metadata, created_by, created_at,
                               member_count, member_version)
            values (:id, :type, :visibility, :status, :name, :capacity, cast(:metadata as jsonb), :createdBy, :createdAt,
                    :memberCount, :memberVersion)
            """;

    private static final String INSERT_MEMBERS = """
            insert into room_members (room_id, user_id, role, joined_at, last_read_seq, read_ord)
            select :room, f.*, :now, 0, 0 from unnest(:users, :roles) as f
            """;

    private static final long FIRST_VERSION = 1;

    private final Handle handle;

    RoomCreation(Handle handle) {
        this.handle = handle;
    }

    Creation create(NewRoom room) {
        Set<UserId> members = new LinkedHashSet<>();
        members.add(room.createdBy());
        members.addAll(room.memberIds());
        List<UserId> unknown = unknown(members);
        if (!unknown.isEmpty()) {
            return new Creation.UnknownUsers(unknown);
        }
        Instant createdAt = Columns.time(room.createdAt()).toInstant();
        handle.createUpdate(INSERT_ROOM)
                .bind("id", room.id().value())
                .bind("type", RoomType.GROUP.name())
                .bind("visibility", room.visibility().name())
                .bind("status", RoomStatus.OPEN.name())
                .bind("name", room.name())
                .bind("capacity", room.capacity())
                .bind("metadata", RoomRow.json(room.metadata()))
                .bind("createdBy", room.createdBy().value())
                .bind("createdAt", Columns.time(createdAt))
                .bind("memberCount", members.size())
                .bind("memberVersion", FIRST_VERSION)
                .execute();
        handle.createUpdate(INSERT_MEMBERS)
                .bind("room", room.id().value())
                .bind("now", Columns.time(createdAt))
                .bind("users", UuidArray.of(members, UserId::value))
                .bind(
                        "roles",
                        Columns.texts(
                                members, user -> (user.equals(room.createdBy()) ? Role.OWNER : Role.MEMBER).name()))
                .execute();
        OutboxRows.write(
                handle,
                members.stream()
                        .map(user -> new RoomChange.MemberJoined(
                                room.id(),
                                user,
                                user.equals(room.createdBy()) ? Role.OWNER : Role.MEMBER,
                                room.createdBy(),
                                FIRST_VERSION,
                                createdAt))
                        .toList());
        return new Creation.Created(new Room(
                room.id(),
                room.name(),
                RoomType.GROUP,
                room.visibility(),
                RoomStatus.OPEN,
                null,
                room.capacity(),
                room.metadata(),
                room.createdBy(),
                createdAt,
                members.size(),
                Sequence.NONE,
                null,
                null,
                FIRST_VERSION));
    }

    private List<UserId> unknown(Set<UserId> users) {
        Set<UserId> known = handle
                .createQuery("select id from users where id = any(?)")
                .bind(0, UuidArray.of(users, UserId::value))
                .map((row, context) -> new UserId(Columns.uuid(row, 1)))
                .stream()
                .collect(Collectors.toSet());
        List<UserId> unknown = new ArrayList<>(users);
        unknown.removeAll(known);
        return List.copyOf(unknown);
    }
}
