package dev.confab.kafka;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.TraceId;

/** Commands as the values of records. Safe on any thread. */
final class CommandCodec {

    private static final String POST = "message.post";
    private static final String EDIT = "message.edit";
    private static final String DELETE = "message.delete";
    private static final String SYSTEM = "message.system";

    /**
     * Far more than gateways let through. What is published of a message, with all whom it mentions, must fit into a
     * record: a publication that Kafka refuses is tried again for ever.
     */
    private static final int LONGEST_CONTENT = 5 * ChatLimits.MAX_CONTENT;

    private CommandCodec() {}

    static byte[] encode(Command command) {
        return switch (command) {
            case Command.Post post -> encodePost(post);
            case Command.Announce announce -> encodeAnnounce(announce);
            case Command.Edit edit -> encodeChange(EDIT, edit, record -> record.text(Field.CONTENT, edit.content()));
            case Command.Delete delete -> encodeChange(DELETE, delete, record -> {});
        };
    }

    private static byte[] encodePost(Command.Post post) {
        String id = post.clientMessageId().toString();
        return RecordWriter.write(POST, id, post.acceptedAt(), post.traceId(), record -> {
            record.id(Field.ROOM_ID, post.roomId());
            record.id(Field.SENDER_ID, post.senderId());
            record.id(Field.CLIENT_MSG_ID, id);
            record.id(Field.TYPE, post.body().type());
            record.text(Field.CONTENT, post.body().content());
            record.id(Field.REPLY_TO, post.replyTo());
        });
    }

    private static byte[] encodeAnnounce(Command.Announce announce) {
        String id = announce.commandId().toString();
        return RecordWriter.write(SYSTEM, id, announce.acceptedAt(), announce.traceId(), record -> {
            record.id(Field.ROOM_ID, announce.roomId());
            record.id(Field.CLIENT_MSG_ID, id);
            record.text(Field.CONTENT, announce.content());
        });
    }

    private static byte[] encodeChange(String type, Command.Change change, RecordWriter.Fields fields) {
        String id = change.commandId().toString();
        return RecordWriter.write(type, id, change.acceptedAt(), change.traceId(), record -> {
            record.id(Field.ROOM_ID, change.roomId());
            record.id(Field.SENDER_ID, change.senderId());
            record.id(Field.COMMAND_ID, id);
            record.id(Field.MESSAGE_ID, change.messageId());
            fields.writeTo(record);
        });
    }

    /**
     * @param otherwise the trace id where the record has none
     */
    static Command decode(RecordReader record, TraceId otherwise) throws UnreadableRecordException {
        String type = record.eventType();
        TraceId traceId = record.traceId().orElse(otherwise);
        return switch (type) {
            case POST ->
                new Command.Post(
                        record.roomId(),
                        record.userId(Field.SENDER_ID),
                        record.clientMessageId(Field.CLIENT_MSG_ID),
                        new MessageBody(record.constant(Field.TYPE, MessageType.class), content(record)),
                        record.optionalMessageId(Field.REPLY_TO),
                        record.instant(Field.OCCURRED_AT),
                        traceId);
            case SYSTEM ->
                new Command.Announce(
                        record.roomId(),
                        record.clientMessageId(Field.CLIENT_MSG_ID),
                        content(record),
                        record.instant(Field.OCCURRED_AT),
                        traceId);
            case EDIT ->
                new Command.Edit(
                        record.roomId(),
                        record.userId(Field.SENDER_ID),
                        record.clientMessageId(Field.COMMAND_ID),
                        record.messageId(Field.MESSAGE_ID),
                        content(record),
                        record.instant(Field.OCCURRED_AT),
                        traceId);
            case DELETE ->
                new Command.Delete(
                        record.roomId(),
                        record.userId(Field.SENDER_ID),
                        record.clientMessageId(Field.COMMAND_ID),
                        record.messageId(Field.MESSAGE_ID),
                        record.instant(Field.OCCURRED_AT),
                        traceId);
            default -> throw new UnreadableRecordException("unknown eventType '" + type + "'");
        };
    }

    private static String content(RecordReader record) throws UnreadableRecordException {
        String content = record.text(Field.CONTENT);
        if (content.length() > LONGEST_CONTENT) {
            throw new UnreadableRecordException("content is too long");
        }
        if (!isEncodable(content)) {
            throw new UnreadableRecordException("content has a surrogate without its other half");
        }
        return content;
    }

    /** JSON can escape halves of characters, and then nobody can write them again. */
    private static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
