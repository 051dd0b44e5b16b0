package dev.confab.netty.wire;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/** Field names, encoded once. */
final class Names {

    static final SerializableString ACTION = name("action");
    static final SerializableString BANNED_BY = name("bannedBy");
    static final SerializableString BOOKING_ID = name("bookingId");
    static final SerializableString BY = name("by");
    static final SerializableString CAPACITY = name("capacity");
    static final SerializableString CHANGE_SEQ = name("changeSeq");
    static final SerializableString CLIENT_MSG_ID = name("clientMsgId");
    static final SerializableString CODE = name("code");
    static final SerializableString COMMAND_ID = name("commandId");
    static final SerializableString CONTENT = name("content");
    static final SerializableString CREATED_AT = name("createdAt");
    static final SerializableString CREATED_BY = name("createdBy");
    static final SerializableString DATA = name("data");
    static final SerializableString DELETED_AT = name("deletedAt");
    static final SerializableString DETAIL = name("detail");
    static final SerializableString EDITED_AT = name("editedAt");
    static final SerializableString EMAIL = name("email");
    static final SerializableString EVENT = name("event");
    static final SerializableString ID = name("id");
    static final SerializableString IS_TYPING = name("isTyping");
    static final SerializableString JOINED_AT = name("joinedAt");
    static final SerializableString LAST_MESSAGE = name("lastMessage");
    static final SerializableString LAST_MESSAGE_AT = name("lastMessageAt");
    static final SerializableString LAST_MESSAGE_ID = name("lastMessageId");
    static final SerializableString LAST_READ_MESSAGE_ID = name("lastReadMessageId");
    static final SerializableString LAST_READ_SEQ = name("lastReadSeq");
    static final SerializableString LAST_SEEN_AT = name("lastSeenAt");
    static final SerializableString LAST_SEQ = name("lastSeq");
    static final SerializableString MEMBER_COUNT = name("memberCount");
    static final SerializableString MENTIONS = name("mentions");
    static final SerializableString MESSAGE_ID = name("messageId");
    static final SerializableString METADATA = name("metadata");
    static final SerializableString MY_ROLE = name("myRole");
    static final SerializableString NAME = name("name");
    static final SerializableString NICKNAME = name("nickname");
    static final SerializableString PEER = name("peer");
    static final SerializableString READ_AT = name("readAt");
    static final SerializableString REASON = name("reason");
    static final SerializableString REPLY_TO = name("replyTo");
    static final SerializableString ROLE = name("role");
    static final SerializableString ROOM_ID = name("roomId");
    static final SerializableString SENDER_ID = name("senderId");
    static final SerializableString SENDER_NAME = name("senderName");
    static final SerializableString SEQ = name("seq");
    static final SerializableString STATUS = name("status");
    static final SerializableString TYPE = name("type");
    static final SerializableString UNREAD_COUNT = name("unreadCount");
    static final SerializableString UNTIL = name("until");
    static final SerializableString USER_ID = name("userId");
    static final SerializableString USER_NAME = name("userName");
    static final SerializableString VISIBILITY = name("visibility");

    private Names() {}

    private static SerializableString name(String text) {
        return new SerializedString(text);
    }
}
