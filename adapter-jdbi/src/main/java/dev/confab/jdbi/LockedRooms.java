package dev.confab.jdbi;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.LockedRoom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Locks rooms and reads what a decision about them needs. */
final class LockedRooms {

    /**
     * A locked room.
     *
     * @param memberVersion see {@link dev.confab.chat.model.Room}
     */
    record Row(
            RoomId id,
            RoomStatus status,
            Sequence lastSeq,
            long ord,
            @Nullable MessageId lastMessageId,
            long memberVersion) {}

    /** Somebody in a room. */
    record Seat(RoomId roomId, UserId userId) {}

    private record Sitting(RoomId roomId, UserId userId, LockedRoom.Member member, boolean present) {}

    /** A nickname that may be mentioned in a room. */
    record Name(RoomId roomId, String nickname) {}

    /** A message that is answered or changed. */
    record Target(RoomId roomId, MessageId messageId) {}

    /** Who left is sorted out by the caller: a condition on it would invite indexes that find a seat by reading many. */
    static final String SEATS = """
            select k.room_id, k.user_id, u.nickname, s.left_at is null, s.role
            from unnest(?, ?) as k (room_id, user_id)
            join room_members s on s.room_id = k.room_id and s.user_id = k.user_id
            join users u on u.id = k.user_id
            """;

    static final String NAMED = """
            select k.room_id, u.id, u.nickname, s.left_at is null, s.role
            from unnest(?, ?) as k (room_id, nickname)
            join users u on u.nickname = k.nickname
            join room_members s on s.room_id = k.room_id and s.user_id = u.id
            """;

    static final String TARGETS = "select " + MessageRow.COLUMNS
            + " from unnest(?, ?) as k (room_id, id)"
            + " join messages m on m.room_id = k.room_id and m.id = k.id left join users u on u.id = m.sender_id";

    private LockedRooms() {}

    /**
     * Locks those of {@code ids} that exist, in one order everywhere, so that no two transactions wait for each other.
     * The lock shuts out every other change of the room; references to it may still be checked meanwhile.
     */
    static Map<RoomId, Row> lock(Handle handle, Collection<RoomId> ids) {
        Map<RoomId, Row> rooms = new HashMap<>();
        if (ids.isEmpty()) {
            return rooms;
        }
        handle.createQuery("select id, status, last_seq, ord, last_message_id, member_version from rooms"
                        + " where id = any(?) order by id for no key update")
                .bind(0, UuidArray.of(ids, RoomId::value))
                .map((row, context) -> new Row(
                        new RoomId(Columns.uuid(row, 1)),
                        RoomStatus.valueOf(row.getString(2)),
                        new Sequence(row.getLong(3)),
                        row.getLong(4),
                        Columns.nullableMessageId(row, 5),
                        row.getLong(6)))
                .forEach(room -> rooms.put(room.id(), room));
        return rooms;
    }

    /** Those who are members, by room. */
    static Map<RoomId, Map<UserId, LockedRoom.Member>> members(Handle handle, Set<Seat> seats) {
        Map<RoomId, Map<UserId, LockedRoom.Member>> members = new HashMap<>();
        if (seats.isEmpty()) {
            return members;
        }
        handle.createQuery(SEATS)
                .bind(0, UuidArray.of(seats, seat -> seat.roomId().value()))
                .bind(1, UuidArray.of(seats, seat -> seat.userId().value()))
                .map((row, context) -> sitting(row))
                .forEach(sitting -> {
                    if (sitting.present()) {
                        members.computeIfAbsent(sitting.roomId(), room -> new HashMap<>())
                                .put(sitting.userId(), sitting.member());
                    }
                });
        return members;
    }

    /** The members who go by those names, by room and nickname. */
    static Map<RoomId, Map<String, Set<UserId>>> named(Handle handle, Set<Name> names) {
        Map<RoomId, Map<String, Set<UserId>>> named = new HashMap<>();
        if (names.isEmpty()) {
            return named;
        }
        handle.createQuery(NAMED)
                .bind(0, UuidArray.of(names, name -> name.roomId().value()))
                .bind(1, Columns.texts(names, Name::nickname))
                .map((row, context) -> sitting(row))
                .forEach(sitting -> {
                    if (sitting.present()) {
                        named.computeIfAbsent(sitting.roomId(), room -> new HashMap<>())
                                .computeIfAbsent(sitting.member().nickname(), name -> new HashSet<>())
                                .add(sitting.userId());
                    }
                });
        return named;
    }

    private static Sitting sitting(ResultSet row) throws SQLException {
        return new Sitting(
                new RoomId(Columns.uuid(row, 1)),
                new UserId(Columns.uuid(row, 2)),
                new LockedRoom.Member(row.getString(3), Role.valueOf(row.getString(5))),
                row.getBoolean(4));
    }

    /** Those of the messages that exist, by room. */
    static Map<RoomId, Map<MessageId, Message>> targets(Handle handle, Set<Target> targets) {
        Map<RoomId, Map<MessageId, Message>> found = new HashMap<>();
        if (targets.isEmpty()) {
            return found;
        }
        handle.createQuery(TARGETS)
                .bind(0, UuidArray.of(targets, target -> target.roomId().value()))
                .bind(1, UuidArray.of(targets, target -> Columns.uuid(target.messageId())))
                .map((row, context) -> MessageRow.read(row))
                .forEach(message -> found.computeIfAbsent(message.roomId(), room -> new HashMap<>())
                        .put(message.id(), message));
        return found;
    }
}
