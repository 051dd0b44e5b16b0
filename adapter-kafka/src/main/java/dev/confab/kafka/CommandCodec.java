package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.TraceId;

/** Commands as the values of records. Safe on any thread. */
final class CommandCodec {

    private static final String POST = "message.post";

    private CommandCodec() {}

    /**
     * @throws java.io.UncheckedIOException when its text cannot be encoded
     */
    static byte[] encode(Command command) {
        return switch (command) {
            case Command.Post post -> encodePost(post);
        };
    }

    private static byte[] encodePost(Command.Post post) {
        String id = post.clientMessageId().toString();
        return RecordWriter.write(POST, id, post.acceptedAt(), post.traceId(), record -> {
            record.id(Field.ROOM_ID, post.roomId());
            record.id(Field.SENDER_ID, post.senderId());
            record.text(Field.CLIENT_MSG_ID, id);
            record.text(Field.TYPE, post.body().type().name());
            record.text(Field.CONTENT, post.body().content());
            record.id(Field.REPLY_TO, post.replyTo());
        });
    }

    /**
     * @param otherwise the trace id where the record has none
     */
    static Command decode(RecordReader record, TraceId otherwise) throws UnreadableRecordException {
        String type = record.eventType();
        if (!type.equals(POST)) {
            throw new UnreadableRecordException("unknown eventType '" + type + "'");
        }
        return new Command.Post(
                record.roomId(),
                record.userId(Field.SENDER_ID),
                record.clientMessageId(Field.CLIENT_MSG_ID),
                new MessageBody(record.constant(Field.TYPE, MessageType.class), record.text(Field.CONTENT)),
                record.optionalMessageId(Field.REPLY_TO),
                record.instant(Field.OCCURRED_AT),
                record.traceId().orElse(otherwise));
    }
}
