package dev.confab.kafka;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done with the records of one partition. Called by the partition's own thread. */
interface PartitionWork {

    /** How many records are handed over at once at most. */
    int most();

    /**
     * Where to begin.
     *
     * @param committed where the group was last known to be; empty when it never was
     */
    default long startAt(OptionalLong committed) {
        return committed.orElse(0);
    }

    /**
     * How long a record is to be left alone yet; zero or less: not at all. Records behind it wait as well.
     *
     * @param age how long ago this process received it
     */
    default Duration untilDue(ConsumerRecord<byte[], byte[]> record, Duration age) {
        return Duration.ZERO;
    }

    /**
     * Does the work of some records, wholly.
     *
     * @param position where the read of them began
     * @param nextPosition behind the last of them
     * @return where to read on
     * @throws RuntimeException when all of them are to be tried again
     */
    long handle(long position, List<ConsumerRecord<byte[], byte[]>> records, long nextPosition);

    /**
     * Nothing has come for some seconds.
     *
     * @param position where reading goes on
     * @return that, or an earlier place to read again from there
     */
    default long idle(long position) {
        return position;
    }
}
