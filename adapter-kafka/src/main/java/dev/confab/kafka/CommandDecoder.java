package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes entries of a batch from the records of the command log: readable or not, none is left out (G11). */
final class CommandDecoder {

    private CommandDecoder() {}

    static CommandBatch.Entry decode(ConsumerRecord<byte[], byte[]> record) {
        TraceId traceId = Records.traceOf(record);
        RecordReader reader = null;
        try {
            reader = RecordReader.read(record.value());
            traceId = reader.traceId().orElse(traceId);
            Command command = CommandCodec.decode(reader, traceId);
            // In another partition it would have no place in the order of its room.
            if (!command.roomId().equals(Records.roomOf(record))) {
                throw new UnreadableRecordException("the key is not the roomId");
            }
            return new CommandBatch.Logged(record.offset(), command, Records.isReplay(record));
        } catch (UnreadableRecordException e) {
            return unreadable(record, reader, traceId, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever it is, it must not hold up its neighbours.
            return unreadable(record, reader, traceId, e.toString());
        }
    }

    private static CommandBatch.Unreadable unreadable(
            ConsumerRecord<byte[], byte[]> record, @Nullable RecordReader reader, TraceId traceId, String reason) {
        LetterAddressee addressee = reader == null ? null : addressee(reader, Records.roomOf(record));
        return new CommandBatch.Unreadable(
                record.offset(), Letters.of(record, LetterCause.UNREADABLE, addressee, reason, traceId));
    }

    /**
     * Whose command it was, from a record that says so under the names of the version that is known: a newer gateway
     * accepted it, and its sender waits to hear what became of it (G6).
     *
     * @param room the record's key; what claims to be of another room may be anybody's
     */
    private static @Nullable LetterAddressee addressee(RecordReader reader, @Nullable RoomId room) {
        try {
            if (room == null || !room.equals(reader.roomId())) {
                return null;
            }
            Field name = reader.optionalText(Field.CLIENT_MSG_ID) == null ? Field.COMMAND_ID : Field.CLIENT_MSG_ID;
            return new LetterAddressee(
                    room,
                    reader.userId(Field.SENDER_ID),
                    reader.clientMessageId(name),
                    reader.optionalMessageId(Field.MESSAGE_ID));
        } catch (UnreadableRecordException | RuntimeException untold) {
            return null;
        }
    }
}
