package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomChange;
import java.io.IOException;

/** The catalogue of events: name and {@code data} of each, the same in every dialect. */
public final class EventJson {

    private EventJson() {}

    /** What clients call the event. */
    public static String name(ChatEvent event) {
        return switch (event) {
            case ChatEvent.MessagePosted posted -> "newMessage";
            case ChatEvent.MessageEdited edited -> "messageEdited";
            case ChatEvent.MessageDeleted deleted -> "messageDeleted";
            case ChatEvent.CommandRejected rejected -> "messageRejected";
            case ChatEvent.ReadMarked marked -> "readReceipt";
            case ChatEvent.RoomChanged changed -> name(changed.change());
            case ChatEvent.RoomShown shown -> shown.closed() ? "roomClosed" : "roomUpdated";
            case ChatEvent.Typing typing -> "typing";
            case ChatEvent.UserJoined joined -> "userJoined";
            case ChatEvent.UserLeft left -> "userLeft";
            case ChatEvent.PresenceChanged changed -> "presence";
        };
    }

    private static String name(RoomChange change) {
        return switch (change) {
            case RoomChange.MemberJoined joined -> "memberJoined";
            case RoomChange.MemberLeft left -> "memberLeft";
            case RoomChange.MemberRemoved removed -> "memberRemoved";
            case RoomChange.MemberBanned banned -> "memberBanned";
            case RoomChange.RoleChanged changed -> "roleChanged";
            case RoomChange.RoomUpdated updated -> "roomUpdated";
            case RoomChange.RoomClosed closed -> "roomClosed";
        };
    }

    /** The event's {@code data}. */
    public static void data(JsonGenerator json, ChatEvent event) throws IOException {
        switch (event) {
            case ChatEvent.MessagePosted posted -> ChatJson.message(json, posted.message());
            case ChatEvent.MessageEdited edited -> changed(json, edited);
            case ChatEvent.MessageDeleted deleted -> changed(json, deleted);
            case ChatEvent.CommandRejected rejected -> rejected(json, rejected);
            case ChatEvent.ReadMarked marked -> readReceipt(json, marked);
            case ChatEvent.RoomChanged changed -> place(json, changed.change());
            case ChatEvent.RoomShown shown -> ChatJson.room(json, shown.room());
            case ChatEvent.Typing typing -> typing(json, typing);
            case ChatEvent.UserJoined joined -> coming(json, joined, joined.userName());
            case ChatEvent.UserLeft left -> coming(json, left, left.userName());
            case ChatEvent.PresenceChanged changed -> ChatJson.presence(json, changed.userId(), changed.status());
        }
    }

    /** An event of a room's timeline as {@code /events} lists it. */
    public static void timelineItem(JsonGenerator json, ChatEvent.Timeline event) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.EVENT, name(event));
        Values.number(json, Names.SEQ, event.seq().value());
        json.writeFieldName(Names.DATA);
        ChatJson.message(json, event.message());
        json.writeEndObject();
    }

    private static void changed(JsonGenerator json, ChatEvent.Timeline event) throws IOException {
        json.writeStartObject();
        ChatJson.messageFields(json, event.message());
        Values.number(json, Names.CHANGE_SEQ, event.seq().value());
        json.writeEndObject();
    }

    private static void rejected(JsonGenerator json, ChatEvent.CommandRejected event) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, event.roomId());
        // A send is named by its clientMsgId, a change has none and names the message instead.
        Values.text(json, Names.CLIENT_MSG_ID, event.messageId() == null ? event.commandId() : null);
        Values.text(json, Names.COMMAND_ID, event.commandId());
        Values.text(json, Names.MESSAGE_ID, event.messageId());
        Values.text(json, Names.CODE, event.reason().code());
        json.writeEndObject();
    }

    private static void readReceipt(JsonGenerator json, ChatEvent.ReadMarked event) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, event.roomId());
        Values.text(json, Names.USER_ID, event.userId());
        Values.text(json, Names.LAST_READ_MESSAGE_ID, event.lastReadMessageId());
        Values.number(json, Names.LAST_READ_SEQ, event.lastReadSeq().value());
        Values.moment(json, Names.READ_AT, event.readAt());
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, RoomChange change) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, change.roomId());
        if (change instanceof RoomChange.OfMember member) {
            Values.text(json, Names.USER_ID, member.userId());
            Values.text(
                    json,
                    Names.ROLE,
                    member.role() == null ? null : member.role().name());
        }
        Values.text(json, Names.BY, change.by());
        json.writeEndObject();
    }

    private static void typing(JsonGenerator json, ChatEvent.Typing event) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, event.roomId());
        Values.text(json, Names.USER_ID, event.userId());
        Values.text(json, Names.USER_NAME, event.userName());
        json.writeFieldName(Names.IS_TYPING);
        json.writeBoolean(event.isTyping());
        json.writeEndObject();
    }

    private static void coming(JsonGenerator json, ChatEvent.Ephemeral event, String userName) throws IOException {
        json.writeStartObject();
        Values.text(json, Names.ROOM_ID, event.roomId());
        Values.text(json, Names.USER_ID, event.userId());
        Values.text(json, Names.USER_NAME, userName);
        json.writeEndObject();
    }
}
