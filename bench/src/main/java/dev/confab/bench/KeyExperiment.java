package dev.confab.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A conversation in one room, in which each message is sent when the one before it was acknowledged, so that there is no
 * doubt about their order; taken up by two workers. By the room's key all of it is in one partition, by the users' keys
 * it is spread.
 */
final class KeyExperiment {

    private static final int PARTITIONS = 6;
    private static final int USERS = 10;
    private static final int WORKERS = 2;

    private KeyExperiment() {}

    static List<String> run(Installation servers, int seconds) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("| Key | Messages | Taken up before the one they answered |");
        lines.add("| --- | --- | --- |");
        for (boolean byRoom : List.of(true, false)) {
            lines.add(converse(servers.brokers(), byRoom, seconds));
        }
        return lines;
    }

    private static String converse(String brokers, boolean byRoom, int seconds) throws Exception {
        String topic = byRoom ? "keys-by-room" : "keys-by-user";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        List<Long> order = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong taken = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(Thread.ofPlatform().name("worker-" + i).start(() -> work(brokers, topic, order, taken, stop)));
        }
        long sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            // The group has to settle first: with one worker alone there is nothing to see.
            while (taken.get() < USERS * 20L) {
                send(producer, topic, byRoom, -1);
            }
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                send(producer, topic, byRoom, sent++);
            }
        }
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (size(order) < sent && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        stop.set(true);
        for (Thread worker : workers) {
            worker.join();
        }
        long early = early(order);
        return String.format(
                "| %s | %,d | %,d (%.2f %%) |",
                byRoom ? "the room" : "the user", sent, early, 100.0 * early / Math.max(1, sent));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, boolean byRoom, long number)
            throws Exception {
        long turn = number < 0 ? System.nanoTime() : number;
        byte[] key = {(byte) (byRoom ? 0 : Math.floorMod(turn, USERS) + 1)};
        byte[] value = ByteBuffer.allocate(400).putLong(number).array();
        var unused = producer.send(new ProducerRecord<>(topic, key, value)).get();
    }

    private static void work(String brokers, String topic, List<Long> order, AtomicLong taken, AtomicBoolean stop) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", topic, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!stop.get()) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(50))) {
                    taken.incrementAndGet();
                    long number = ByteBuffer.wrap(each.value()).getLong();
                    if (number >= 0) {
                        synchronized (order) {
                            order.add(number);
                        }
                    }
                }
            }
        }
    }

    private static int size(List<Long> order) {
        synchronized (order) {
            return order.size();
        }
    }

    /** How many came before their predecessor. */
    private static long early(List<Long> order) {
        int[] place = new int[order.size()];
        for (int i = 0; i < order.size(); i++) {
            place[Math.toIntExact(order.get(i))] = i;
        }
        long early = 0;
        for (int i = 1; i < place.length; i++) {
            if (place[i] < place[i - 1]) {
                early++;
            }
        }
        return early;
    }
}
