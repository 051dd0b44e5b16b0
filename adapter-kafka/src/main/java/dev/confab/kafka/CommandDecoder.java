package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes entries of a batch from the records of the command log: readable or not, none is left out (G11). */
final class CommandDecoder {

    private CommandDecoder() {}

    static CommandBatch.Entry decode(ConsumerRecord<byte[], byte[]> record) {
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
            return unreadable(record, traceId, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever it is, it must not hold up its neighbours.
            return unreadable(record, traceId, e.toString());
        }
    }

    private static CommandBatch.Unreadable unreadable(
            ConsumerRecord<byte[], byte[]> record, TraceId traceId, String reason) {
        return new CommandBatch.Unreadable(record.offset(), Letters.of(record, reason, traceId));
    }
}
