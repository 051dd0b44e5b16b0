package dev.confab.kafka;

import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.NotificationBus.Watcher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the publications of a partition to a watcher some time after they were published. */
final class DueMessages implements PartitionWork {

    private static final Logger LOG = LoggerFactory.getLogger(DueMessages.class);
    private static final int BATCH = 500;

    private final Duration after;
    private final Clock clock;
    private final Watcher watcher;

    DueMessages(Duration after, Clock clock, Watcher watcher) {
        this.after = after;
        this.clock = clock;
        this.watcher = watcher;
    }

    @Override
    public int most() {
        return BATCH;
    }

    /** By the time of whoever published, but never later than if it had been published when it came here. */
    @Override
    public Duration untilDue(ConsumerRecord<byte[], byte[]> record, Duration age) {
        Duration atMost = after.minus(age);
        Duration byClock = after.minusMillis(clock.millis() - record.timestamp());
        return byClock.compareTo(atMost) < 0 ? byClock : atMost;
    }

    @Override
    public long handle(long position, List<ConsumerRecord<byte[], byte[]>> records, long nextPosition) {
        List<Publication> due = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                due.add(PublicationCodec.decode(RecordReader.read(record.value())));
            } catch (UnreadableRecordException | RuntimeException e) {
                // Whatever it is, it must not hold up its neighbours.
                LOG.warn(
                        "A record of {}-{} at {} cannot be read; nobody is notified of it: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
        if (!due.isEmpty()) {
            watcher.onDue(due);
        }
        return nextPosition;
    }
}
