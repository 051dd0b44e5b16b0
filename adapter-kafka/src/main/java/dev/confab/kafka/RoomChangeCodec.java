package dev.confab.kafka;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomChange.MemberBanned;
import dev.confab.chat.model.RoomChange.MemberJoined;
import dev.confab.chat.model.RoomChange.MemberLeft;
import dev.confab.chat.model.RoomChange.MemberRemoved;
import dev.confab.chat.model.RoomChange.RoleChanged;
import dev.confab.chat.model.RoomChange.RoomClosed;
import dev.confab.chat.model.RoomChange.RoomUpdated;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.UUID;

/** What happened to rooms as the values of records. Safe on any thread. */
final class RoomChangeCodec {

    private static final String JOINED = "member.joined";
    private static final String LEFT = "member.left";
    private static final String REMOVED = "member.removed";
    private static final String BANNED = "member.banned";
    private static final String ROLE = "member.role-changed";
    private static final String UPDATED = "room.updated";
    private static final String CLOSED = "room.closed";

    private RoomChangeCodec() {}

    static byte[] encode(Publication publication, ChatEvent.RoomChanged changed) {
        RoomChange change = changed.change();
        String id = changed.id().toString();
        return RecordWriter.write(typeOf(change), id, change.occurredAt(), publication.traceId(), record -> {
            record.id(Field.ROOM_ID, change.roomId());
            record.text(Field.EPOCH, publication.epoch().value());
            record.number(Field.MEMBER_VERSION, publication.memberVersion());
            if (change instanceof RoomChange.OfMember member) {
                record.id(Field.USER_ID, member.userId());
                record.id(Field.ROLE, member.role());
            }
            record.id(Field.BY, change.by());
            if (change instanceof RoomUpdated updated) {
                record.text(Field.NEW_NAME, updated.newName());
            }
        });
    }

    private static String typeOf(RoomChange change) {
        return switch (change) {
            case MemberJoined joined -> JOINED;
            case MemberLeft left -> LEFT;
            case MemberRemoved removed -> REMOVED;
            case MemberBanned banned -> BANNED;
            case RoleChanged changed -> ROLE;
            case RoomUpdated updated -> UPDATED;
            case RoomClosed closed -> CLOSED;
        };
    }

    static ChatEvent decode(RecordReader record) throws UnreadableRecordException {
        String type = record.eventType();
        RoomId room = record.roomId();
        long version = record.number(Field.MEMBER_VERSION);
        Instant at = record.instant(Field.OCCURRED_AT);
        RoomChange change = switch (type) {
            case JOINED -> new MemberJoined(room, user(record), role(record), by(record), version, at);
            case LEFT -> new MemberLeft(room, user(record), role(record), version, at);
            case REMOVED -> new MemberRemoved(room, user(record), role(record), by(record), version, at);
            case BANNED ->
                new MemberBanned(
                        room,
                        user(record),
                        record.optionalText(Field.ROLE) == null ? null : role(record),
                        by(record),
                        version,
                        at);
            case ROLE -> new RoleChanged(room, user(record), role(record), by(record), version, at);
            case UPDATED -> new RoomUpdated(room, by(record), record.optionalText(Field.NEW_NAME), version, at);
            case CLOSED -> new RoomClosed(room, by(record), version, at);
            default -> throw new UnreadableRecordException("unknown eventType '" + type + "'");
        };
        return new ChatEvent.RoomChanged(id(record), change);
    }

    private static UserId user(RecordReader record) throws UnreadableRecordException {
        return record.userId(Field.USER_ID);
    }

    private static UserId by(RecordReader record) throws UnreadableRecordException {
        return record.userId(Field.BY);
    }

    private static Role role(RecordReader record) throws UnreadableRecordException {
        return record.constant(Field.ROLE, Role.class);
    }

    private static ChangeId id(RecordReader record) throws UnreadableRecordException {
        String text = record.text(Field.EVENT_ID);
        try {
            return new ChangeId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(Field.EVENT_ID + " is no UUID");
        }
    }
}
