package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import java.io.IOException;
import java.util.Optional;

/** The objects of chat as every dialect writes them: all fields, always; no value is null, an empty list is {@code []}. */
public final class ChatJson {

    private ChatJson() {}

    /** A message. */
    public static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        messageFields(json, message);
        json.writeEndObject();
    }

    /** The fields of a message, into an object that the caller began and ends. */
    public static void messageFields(JsonGenerator json, Message message) throws IOException {
        Values.text(json, Names.ID, message.id());
        Values.number(json, Names.SEQ, message.seq().value());
        Values.text(json, Names.ROOM_ID, message.roomId());
        Values.text(json, Names.SENDER_ID, message.senderId());
        Values.text(json, Names.SENDER_NAME, message.senderName());
        Values.text(json, Names.CLIENT_MSG_ID, message.clientMessageId());
        Values.text(json, Names.TYPE, message.type().name());
        // A deleted message keeps its place and loses its words, whatever the store still holds.
        Values.text(json, Names.CONTENT, message.deletedAt() == null ? message.content() : null);
        Values.text(json, Names.REPLY_TO, message.replyTo());
        Values.texts(json, Names.MENTIONS, message.mentions());
        Values.moment(json, Names.CREATED_AT, message.createdAt());
        Values.moment(json, Names.EDITED_AT, message.editedAt());
        Values.moment(json, Names.DELETED_AT, message.deletedAt());
    }

    /** A room as somebody sees it. */
    public static void room(JsonGenerator json, Room room, UserId viewer) throws IOException {
        json.writeStartObject();
        roomFields(json, room, viewer);
        json.writeEndObject();
    }

    /** A room as everybody in it is shown it; one for two, which each of them sees another way, is without its peer. */
    public static void room(JsonGenerator json, Room room) throws IOException {
        room(json, room, UserId.NOBODY);
    }

    /** A room in the list of one's own rooms. */
    public static void roomSummary(JsonGenerator json, RoomSummary summary, UserId viewer) throws IOException {
        json.writeStartObject();
        roomFields(json, summary.room(), viewer);
        Values.number(json, Names.UNREAD_COUNT, summary.unreadCount());
        Values.number(json, Names.LAST_READ_SEQ, summary.lastReadSeq().value());
        Values.text(json, Names.MY_ROLE, summary.myRole().name());
        json.writeFieldName(Names.LAST_MESSAGE);
        Message last = summary.lastMessage();
        if (last == null) {
            json.writeNull();
        } else {
            message(json, last);
        }
        json.writeEndObject();
    }

    private static void roomFields(JsonGenerator json, Room room, UserId viewer) throws IOException {
        Values.text(json, Names.ID, room.id());
        Values.text(json, Names.NAME, room.name());
        Optional<DirectPair.Peer> peer =
                room.pair() == null ? Optional.empty() : room.pair().peerOf(viewer);
        if (peer.isPresent()) {
            json.writeFieldName(Names.PEER);
            json.writeStartObject();
            Values.text(json, Names.ID, peer.get().id());
            Values.text(json, Names.NICKNAME, peer.get().nickname());
            json.writeEndObject();
        }
        Values.text(json, Names.TYPE, room.type().name());
        Values.text(json, Names.VISIBILITY, room.visibility().name());
        Values.text(json, Names.STATUS, room.status().name());
        Values.text(json, Names.BOOKING_ID, room.bookingId());
        json.writeFieldName(Names.CAPACITY);
        Values.any(json, room.capacity());
        json.writeFieldName(Names.METADATA);
        Values.any(json, room.metadata());
        Values.text(json, Names.CREATED_BY, room.createdBy());
        Values.moment(json, Names.CREATED_AT, room.createdAt());
        Values.number(json, Names.MEMBER_COUNT, room.memberCount());
        Values.number(json, Names.LAST_SEQ, room.lastSeq().value());
        Values.text(json, Names.LAST_MESSAGE_ID, room.lastMessageId());
        Values.moment(json, Names.LAST_MESSAGE_AT, room.lastMessageAt());
    }

    /** A membership as joining and changes of role answer it. */
    public static void membership(JsonGenerator json, Membership membership) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, membership.roomId());
        Values.text(json, Names.USER_ID, membership.userId());
        Values.text(json, Names.ROLE, membership.role().name());
        Values.moment(json, Names.JOINED_AT, membership.joinedAt());
        json.writeEndObject();
    }

    /** A membership in a room's list of members. */
    public static void member(JsonGenerator json, Membership membership) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, membership.roomId());
        Values.text(json, Names.USER_ID, membership.userId());
        Values.text(json, Names.NICKNAME, membership.nickname());
        Values.text(json, Names.ROLE, membership.role().name());
        Values.moment(json, Names.JOINED_AT, membership.joinedAt());
        Values.text(json, Names.LAST_READ_MESSAGE_ID, membership.lastReadMessageId());
        Values.number(json, Names.LAST_READ_SEQ, membership.lastReadSeq().value());
        json.writeEndObject();
    }

    /** Somebody who is kept out of a room. */
    public static void ban(JsonGenerator json, RoomBan ban) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.USER_ID, ban.userId());
        Values.text(json, Names.REASON, ban.reason());
        Values.moment(json, Names.UNTIL, ban.until());
        Values.text(json, Names.BANNED_BY, ban.bannedBy());
        Values.moment(json, Names.CREATED_AT, ban.createdAt());
        json.writeEndObject();
    }

    /** What a moderator did. */
    public static void auditEntry(JsonGenerator json, AuditEntry entry) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ACTION, entry.action().name());
        Values.text(json, Names.BY, entry.by());
        Values.text(json, Names.USER_ID, entry.userId());
        Values.text(json, Names.MESSAGE_ID, entry.messageId());
        Values.text(json, Names.ROLE, entry.role());
        Values.text(json, Names.DETAIL, entry.detail());
        Values.moment(json, Names.CREATED_AT, entry.at());
        json.writeEndObject();
    }

    /** An account as its owner sees it. */
    public static void account(JsonGenerator json, User user) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ID, user.id());
        Values.text(json, Names.EMAIL, user.email());
        Values.text(json, Names.NICKNAME, user.nickname());
        Values.moment(json, Names.CREATED_AT, user.createdAt());
        json.writeEndObject();
    }

    /** A user as others see him or her: without the e-mail address. */
    public static void profile(JsonGenerator json, User user) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ID, user.id());
        Values.text(json, Names.NICKNAME, user.nickname());
        json.writeEndObject();
    }

    /** Somebody who is live in a room. */
    public static void online(JsonGenerator json, UserId userId, PresenceStatus status) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.USER_ID, userId);
        Values.moment(json, Names.LAST_SEEN_AT, status.lastSeenAt());
        json.writeEndObject();
    }

    /** Somebody who has read a message. */
    public static void readBy(JsonGenerator json, ReadBy reader) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.USER_ID, reader.userId());
        Values.moment(json, Names.READ_AT, reader.readAt());
        json.writeEndObject();
    }

    /** Whether somebody is there. */
    public static void presence(JsonGenerator json, UserId userId, PresenceStatus status) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.USER_ID, userId);
        Values.text(json, Names.STATUS, status.state().name());
        Values.moment(json, Names.LAST_SEEN_AT, status.lastSeenAt());
        json.writeEndObject();
    }
}
