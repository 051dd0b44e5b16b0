package dev.confab.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer with the settings of the command producer and nothing else around it. */
final class RawProducer implements AutoCloseable {

    /** As many as the commands have. */
    static final int PARTITIONS = 6;

    static final String TOPIC = "raw";

    private final KafkaProducer<byte[], byte[]> producer;
    private final ConsumerRecord<byte[], byte[]> model;
    private int count;

    private RawProducer(KafkaProducer<byte[], byte[]> producer, ConsumerRecord<byte[], byte[]> model) {
        this.producer = producer;
        this.model = model;
    }

    /**
     * @param model what is sent, again and again, but spread over the partitions
     */
    static RawProducer open(String brokers, ConsumerRecord<byte[], byte[]> model)
            throws InterruptedException, ExecutionException {
        return open(brokers, model, 1, 64 * 1024);
    }

    /** The same with other settings. */
    static RawProducer open(String brokers, ConsumerRecord<byte[], byte[]> model, int lingerMillis, int batchBytes)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
        }
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        lingerMillis,
                        "batch.size",
                        batchBytes),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        return new RawProducer(producer, model);
    }

    /** One of the records that Confab itself has sent: the raw ones are to be like it. */
    static ConsumerRecord<byte[], byte[]> sample(String brokers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(10))) {
                return each;
            }
            throw new IllegalStateException("there is nothing in " + topic);
        }
    }

    /** Records acknowledged per second when one thread sends as fast as it is let, with no limit of its own. */
    double throughput(int seconds) throws InterruptedException {
        int unused = WarmUp.await(() -> burst(WarmUp.WINDOW_SECONDS));
        return burst(seconds);
    }

    private double burst(int seconds) {
        long acknowledgedBefore = count;
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            send(() -> {});
        }
        producer.flush();
        return (count - acknowledgedBefore) / ((System.nanoTime() - begin) / 1e9);
    }

    /** Times from the intended moment of sending to the acknowledgement, in ns. */
    Histogram latency(double rate, int seconds) throws InterruptedException {
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        Pace.run(rate, seconds, intended -> send(() -> times.recordValue(System.nanoTime() - intended)));
        producer.flush();
        return times;
    }

    private void send(Runnable whenDone) {
        send(model.value(), whenDone);
    }

    /** A record like the others with a value of its own. */
    void send(byte[] value) {
        send(value, () -> {});
    }

    private void send(byte[] value, Runnable whenDone) {
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, count++ % PARTITIONS, null, model.key(), value, model.headers()),
                (metadata, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException("the raw producer failed", failure);
                    }
                    whenDone.run();
                });
    }

    @Override
    public void close() {
        producer.close();
    }
}
