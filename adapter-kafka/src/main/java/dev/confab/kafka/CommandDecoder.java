package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes entries of a batch from the records of the command log: readable or not, none is left out (G11). */
final class CommandDecoder {

    private static final int LONGEST_REASON = 300;

    private CommandDecoder() {}

    static CommandBatch.Entry decode(CommandPartition partition, ConsumerRecord<byte[], byte[]> record) {
        TraceId traceId = Records.traceOf(record);
        try {
            RecordReader reader = RecordReader.read(record.value());
            traceId = reader.traceId().orElse(traceId);
            Command command = CommandCodec.decode(reader, traceId);
            // In another partition it would have no place in the order of its room.
            if (!command.roomId().equals(Records.roomOf(record))) {
                throw new UnreadableRecordException("the key is not the roomId");
            }
            return new CommandBatch.Logged(record.offset(), command);
        } catch (UnreadableRecordException e) {
            return unreadable(partition, record, traceId, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever it is, it must not hold up its neighbours.
            return unreadable(partition, record, traceId, e.toString());
        }
    }

    private static CommandBatch.Unreadable unreadable(
            CommandPartition partition, ConsumerRecord<byte[], byte[]> record, TraceId traceId, String reason) {
        DeadLetter letter = new DeadLetter(
                partition,
                record.offset(),
                null,
                record.key() == null ? null : base64(record.key()),
                base64(record.value()),
                shortened(reason),
                traceId);
        return new CommandBatch.Unreadable(record.offset(), letter);
    }

    /** It may quote the record. */
    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    private static String base64(byte @Nullable [] bytes) {
        return bytes == null ? "" : Base64.getEncoder().encodeToString(bytes);
    }
}
