package dev.confab.kafka;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Publications as the values of records. Safe on any thread. */
final class PublicationCodec {

    private static final String PERSISTED = "message.persisted";
    private static final String EDITED = "message.edited";
    private static final String DELETED = "message.deleted";
    private static final String REJECTED = "command.rejected";
    private static final String READ = "read.marked";
    private static final TraceId NO_TRACE = new TraceId("0".repeat(32));

    private final Clock clock;

    /**
     * @param clock for events that do not know when they happened
     */
    PublicationCodec(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws IllegalArgumentException when the event does not last: those go another way
     */
    byte[] encode(Publication publication) {
        return switch (publication.event()) {
            case ChatEvent.MessagePosted posted -> encodePosted(publication, posted.message());
            case ChatEvent.MessageEdited edited ->
                encodeChanged(EDITED, publication, edited, edited.message().editedAt(), edited.changedBy());
            case ChatEvent.MessageDeleted deleted ->
                encodeChanged(DELETED, publication, deleted, deleted.message().deletedAt(), deleted.changedBy());
            case ChatEvent.CommandRejected rejected -> encodeRejected(publication, rejected);
            case ChatEvent.ReadMarked marked -> encodeRead(publication, marked);
            case ChatEvent.RoomChanged changed -> RoomChangeCodec.encode(publication, changed);
            case ChatEvent.RoomShown shown ->
                throw new IllegalArgumentException("How a room is now is not published: " + shown);
            case ChatEvent.Ephemeral passing ->
                throw new IllegalArgumentException("Events that pass are not published: " + passing);
        };
    }

    private static byte[] encodePosted(Publication publication, Message message) {
        String id = message.id().toString();
        return RecordWriter.write(
                PERSISTED,
                id,
                message.createdAt(),
                publication.traceId(),
                record -> writeMessage(record, publication, message));
    }

    private static byte[] encodeChanged(
            String type,
            Publication publication,
            ChatEvent.Timeline change,
            @Nullable Instant changedAt,
            UserId changedBy) {
        Message message = change.message();
        String id = message.id() + ":" + change.seq();
        Instant at = changedAt == null ? message.createdAt() : changedAt;
        return RecordWriter.write(type, id, at, publication.traceId(), record -> {
            writeMessage(record, publication, message);
            record.number(Field.CHANGE_SEQ, change.seq().value());
            record.id(Field.CHANGED_BY, changedBy);
        });
    }

    private static void writeMessage(RecordWriter record, Publication publication, Message message) throws IOException {
        record.id(Field.ROOM_ID, message.roomId());
        record.text(Field.EPOCH, publication.epoch().value());
        record.number(Field.MEMBER_VERSION, publication.memberVersion());
        record.id(Field.MESSAGE_ID, message.id());
        record.number(Field.SEQ, message.seq().value());
        record.id(Field.SENDER_ID, message.senderId());
        record.text(Field.SENDER_NAME, message.senderName());
        record.id(Field.CLIENT_MSG_ID, message.clientMessageId());
        record.id(Field.TYPE, message.type());
        record.text(Field.CONTENT, message.content());
        record.id(Field.REPLY_TO, message.replyTo());
        record.users(Field.MENTIONS, message.mentions());
        record.instant(Field.EDITED_AT, message.editedAt());
        record.instant(Field.DELETED_AT, message.deletedAt());
    }

    private byte[] encodeRejected(Publication publication, ChatEvent.CommandRejected rejected) {
        String id = rejected.commandId().toString();
        return RecordWriter.write(REJECTED, id, clock.instant(), publication.traceId(), record -> {
            record.id(Field.ROOM_ID, rejected.roomId());
            record.text(Field.EPOCH, publication.epoch().value());
            record.number(Field.MEMBER_VERSION, publication.memberVersion());
            record.id(Field.SENDER_ID, rejected.senderId());
            record.id(Field.COMMAND_ID, id);
            record.id(Field.MESSAGE_ID, rejected.messageId());
            record.text(Field.CODE, rejected.reason().code());
        });
    }

    private static byte[] encodeRead(Publication publication, ChatEvent.ReadMarked marked) {
        String id = marked.userId() + ":" + marked.lastReadMessageId();
        return RecordWriter.write(READ, id, marked.readAt(), publication.traceId(), record -> {
            record.id(Field.ROOM_ID, marked.roomId());
            record.text(Field.EPOCH, publication.epoch().value());
            record.number(Field.MEMBER_VERSION, publication.memberVersion());
            record.id(Field.USER_ID, marked.userId());
            record.id(Field.LAST_READ_MESSAGE_ID, marked.lastReadMessageId());
            record.number(Field.LAST_READ_SEQ, marked.lastReadSeq().value());
        });
    }

    static Publication decode(RecordReader record) throws UnreadableRecordException {
        String type = record.eventType();
        ChatEvent event = switch (type) {
            case PERSISTED -> new ChatEvent.MessagePosted(message(record));
            case EDITED ->
                new ChatEvent.MessageEdited(
                        message(record), sequence(record, Field.CHANGE_SEQ), record.userId(Field.CHANGED_BY));
            case DELETED ->
                new ChatEvent.MessageDeleted(
                        message(record), sequence(record, Field.CHANGE_SEQ), record.userId(Field.CHANGED_BY));
            case REJECTED ->
                new ChatEvent.CommandRejected(
                        record.roomId(),
                        record.userId(Field.SENDER_ID),
                        record.clientMessageId(Field.COMMAND_ID),
                        record.optionalMessageId(Field.MESSAGE_ID),
                        rejection(record.text(Field.CODE)));
            case READ ->
                new ChatEvent.ReadMarked(
                        record.roomId(),
                        record.userId(Field.USER_ID),
                        record.messageId(Field.LAST_READ_MESSAGE_ID),
                        sequence(record, Field.LAST_READ_SEQ),
                        record.instant(Field.OCCURRED_AT));
            default -> RoomChangeCodec.decode(record);
        };
        return new Publication(
                new Epoch(record.text(Field.EPOCH)),
                record.number(Field.MEMBER_VERSION),
                record.traceId().orElse(NO_TRACE),
                event);
    }

    private static Message message(RecordReader record) throws UnreadableRecordException {
        MessageId id = record.messageId(Field.MESSAGE_ID);
        return new Message(
                id,
                sequence(record, Field.SEQ),
                record.roomId(),
                record.optionalUserId(Field.SENDER_ID),
                record.optionalText(Field.SENDER_NAME),
                record.clientMessageId(Field.CLIENT_MSG_ID),
                record.constant(Field.TYPE, MessageType.class),
                record.optionalText(Field.CONTENT),
                record.optionalMessageId(Field.REPLY_TO),
                record.mentions(),
                id.createdAt(),
                record.optionalInstant(Field.EDITED_AT),
                record.optionalInstant(Field.DELETED_AT));
    }

    private static Sequence sequence(RecordReader record, Field field) throws UnreadableRecordException {
        long value = record.number(field);
        if (value < 0) {
            throw new UnreadableRecordException(field + " is negative");
        }
        return new Sequence(value);
    }

    private static Rejection rejection(String code) throws UnreadableRecordException {
        try {
            return Rejection.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("unknown code '" + code + "'");
        }
    }
}
