package dev.confab.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that reads what the raw producer wrote, from the beginning again and again, and nothing else. */
final class RawConsumer {

    private RawConsumer() {}

    /** Records per second of one consumer that reads all partitions, once warm. */
    static double throughput(String brokers, int seconds) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "max.poll.records", 1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, RawProducer.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(RawProducer.TOPIC, number))
                    .toList();
            consumer.assign(partitions);
            int unused = WarmUp.await(() -> read(consumer, partitions, WarmUp.WINDOW_SECONDS));
            return read(consumer, partitions, seconds);
        }
    }

    private static double read(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int seconds) {
        long records = 0;
        long begin = System.nanoTime();
        consumer.seekToBeginning(partitions);
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            int polled = consumer.poll(Duration.ofMillis(100)).count();
            records += polled;
            if (polled == 0) {
                consumer.seekToBeginning(partitions);
            }
        }
        return records / ((System.nanoTime() - begin) / 1e9);
    }
}
