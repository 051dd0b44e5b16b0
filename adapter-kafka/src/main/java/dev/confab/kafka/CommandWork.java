package dev.confab.kafka;

import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus.CommandConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Hands the commands of a partition to a consumer, a batch at a time. */
final class CommandWork implements PartitionWork {

    private static final int BATCH = 1_000;

    private final CommandPartition partition;
    private final CommandConsumer consumer;

    CommandWork(TopicPartition partition, CommandConsumer consumer) {
        this.partition = new CommandPartition(partition.topic(), partition.partition());
        this.consumer = consumer;
    }

    @Override
    public int most() {
        return BATCH;
    }

    @Override
    public long startAt(OptionalLong committed) {
        return consumer.startAt(partition, committed);
    }

    @Override
    public long idle(long position) {
        return consumer.idle(partition, position);
    }

    @Override
    public long handle(long position, List<ConsumerRecord<byte[], byte[]>> records, long nextPosition) {
        List<CommandBatch.Entry> entries = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            entries.add(CommandDecoder.decode(record));
        }
        TraceLog.read(partition, entries);
        return consumer.handle(new CommandBatch(partition, position, List.copyOf(entries), nextPosition));
    }
}
