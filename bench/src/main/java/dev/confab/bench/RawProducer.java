package dev.confab.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer with the settings of the command producer and nothing else around it. */
final class RawProducer implements AutoCloseable {

    /** As many as the commands have. */
    private static final int PARTITIONS = 6;

    /** Key, value and header of a command with {@link Frames#CONTENT}. */
    private static final int KEY = 36;

    private static final int VALUE = 512;

    private static final String TOPIC = "raw";

    private final KafkaProducer<byte[], byte[]> producer;
    private int count;

    private RawProducer(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    static RawProducer open(String brokers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
        }
        return new RawProducer(new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        1,
                        "batch.size",
                        64 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    /** Records acknowledged per second when one thread sends as fast as it is let. */
    double throughput(int seconds) {
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
        byte[] key = new byte[KEY];
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, count++ % PARTITIONS, key, new byte[VALUE]), (metadata, failure) -> {
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
