package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.TraceId;

/** Commands as the values of records. Safe on any thread. */
final class CommandCodec {

    private static final String POST = "message.post";

    private CommandCodec() {}

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
        String content = record.text(Field.CONTENT);
        if (!isEncodable(content)) {
            throw new UnreadableRecordException("content has a surrogate without its other half");
        }
        return new Command.Post(
                record.roomId(),
                record.userId(Field.SENDER_ID),
                record.clientMessageId(Field.CLIENT_MSG_ID),
                new MessageBody(record.constant(Field.TYPE, MessageType.class), content),
                record.optionalMessageId(Field.REPLY_TO),
                record.instant(Field.OCCURRED_AT),
                record.traceId().orElse(otherwise));
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
