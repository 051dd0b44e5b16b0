package dev.confab.kafka;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of the records of all topics. A field means the same in each record that has it. */
enum Field {
    EVENT_TYPE("eventType"),
    SCHEMA_VERSION("schemaVersion"),
    EVENT_ID("eventId"),
    OCCURRED_AT("occurredAt"),
    TRACE_ID("traceId"),
    ROOM_ID("roomId"),
    SENDER_ID("senderId"),
    SENDER_NAME("senderName"),
    CLIENT_MSG_ID("clientMsgId"),
    COMMAND_ID("commandId"),
    TYPE("type"),
    CONTENT("content"),
    REPLY_TO("replyTo"),
    EPOCH("epoch"),
    MEMBER_VERSION("memberVersion"),
    MESSAGE_ID("messageId"),
    SEQ("seq"),
    CHANGE_SEQ("changeSeq"),
    CHANGED_BY("changedBy"),
    MENTIONS("mentions"),
    EDITED_AT("editedAt"),
    DELETED_AT("deletedAt"),
    CODE("code"),
    USER_ID("userId"),
    LAST_READ_MESSAGE_ID("lastReadMessageId"),
    LAST_READ_SEQ("lastReadSeq"),
    ROLE("role"),
    BY("by"),
    NEW_NAME("newName"),
    ROOM_NAME("roomName"),
    PREVIEW("preview"),
    MENTIONED("mentioned");

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(field -> field.text, Function.identity()));

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // it keeps its bytes when they were asked for, and is the same to all
    private final SerializableString encoded;

    Field(String text) {
        this.text = text;
        this.encoded = new SerializedString(text);
    }

    /** Null when no field has that name. */
    static @Nullable Field named(String name) {
        return BY_NAME.get(name);
    }

    /** The name in the record, encoded once. */
    SerializableString encoded() {
        return encoded;
    }

    /** The name in the record. */
    @Override
    public String toString() {
        return text;
    }
}
