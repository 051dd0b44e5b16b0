package dev.confab.kafka;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;

/** Notifications as the values of records. Safe on any thread. */
final class NotificationCodec {

    private static final String DUE = "notification.due";
    private static final TraceId NO_TRACE = new TraceId("0".repeat(32));

    private NotificationCodec() {}

    static byte[] encode(Notification notification) {
        return RecordWriter.write(
                DUE, notification.id().toString(), notification.createdAt(), notification.traceId(), record -> {
                    record.id(Field.USER_ID, notification.userId());
                    record.id(Field.ROOM_ID, notification.roomId());
                    record.text(Field.ROOM_NAME, notification.roomName());
                    record.id(Field.MESSAGE_ID, notification.messageId());
                    record.number(Field.SEQ, notification.seq().value());
                    record.id(Field.SENDER_ID, notification.senderId());
                    record.text(Field.SENDER_NAME, notification.senderName());
                    record.text(Field.TYPE, notification.type().name());
                    record.text(Field.PREVIEW, notification.preview());
                    record.flag(Field.MENTIONED, notification.mentioned());
                });
    }

    static Notification decode(RecordReader record) throws UnreadableRecordException {
        String type = record.eventType();
        if (!type.equals(DUE)) {
            throw new UnreadableRecordException("unknown eventType '" + type + "'");
        }
        MessageId messageId = record.messageId(Field.MESSAGE_ID);
        long seq = record.number(Field.SEQ);
        if (seq < 1) {
            throw new UnreadableRecordException(Field.SEQ + " is less than 1");
        }
        return new Notification(
                record.userId(Field.USER_ID),
                record.roomId(),
                record.optionalText(Field.ROOM_NAME),
                messageId,
                new Sequence(seq),
                record.userId(Field.SENDER_ID),
                record.text(Field.SENDER_NAME),
                record.constant(Field.TYPE, MessageType.class),
                record.optionalText(Field.PREVIEW),
                record.flag(Field.MENTIONED),
                messageId.createdAt(),
                record.traceId().orElse(NO_TRACE));
    }
}
