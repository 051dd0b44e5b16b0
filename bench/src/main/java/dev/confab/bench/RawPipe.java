package dev.confab.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** From a record that is due to its consumer: one hop through the log with nothing around it. */
final class RawPipe {

    private RawPipe() {}

    /**
     * Times in ns, once warm.
     *
     * @param topic where a record of the usual kind is found
     */
    static Histogram latency(String brokers, String topic, double rate, int seconds) throws Exception {
        ConsumerRecord<byte[], byte[]> model = RawProducer.sample(brokers, topic);
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        AtomicBoolean stop = new AtomicBoolean();
        try (RawProducer producer = RawProducer.open(brokers, model);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, RawProducer.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(RawProducer.TOPIC, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            Thread reader = Thread.ofPlatform().name("raw-consumer").start(() -> {
                while (!stop.get()) {
                    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                        times.recordValue(System.nanoTime()
                                - ByteBuffer.wrap(each.value()).getLong());
                    }
                }
            });
            for (int round = 0; round < 2; round++) {
                times.reset(); // the first round warms up
                Pace.run(rate, round == 0 ? WarmUp.WINDOW_SECONDS : seconds, intended -> {
                    byte[] value = model.value().clone();
                    ByteBuffer.wrap(value).putLong(intended);
                    producer.send(value);
                });
                AckBench.pause(1);
            }
            stop.set(true);
            reader.join();
            return times.copy();
        }
    }
}
