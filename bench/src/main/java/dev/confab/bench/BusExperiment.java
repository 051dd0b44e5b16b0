package dev.confab.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;

/**
 * What one server tells another, through the tail of a Kafka topic or through a Redis channel: how long it takes at a rate
 * of 3,000/s, and how much a listener misses that is away for a second.
 */
final class BusExperiment {

    private static final double RATE = 3_000;
    private static final int RECORD_BYTES = 400;
    private static final byte[] CHANNEL = "experiment".getBytes(StandardCharsets.US_ASCII);

    private BusExperiment() {}

    /** What a listener heard. */
    private static final class Ear {
        final ConcurrentHistogram times = new ConcurrentHistogram(3);
        final AtomicLong heard = new AtomicLong();

        void hear(byte[] value) {
            ByteBuffer record = ByteBuffer.wrap(value);
            times.recordValue(Math.max(1, System.nanoTime() - record.getLong()));
            heard.incrementAndGet();
        }
    }

    /** Begins to listen; closing it ends that. A second one goes on where the first ended, where that is possible. */
    @FunctionalInterface
    private interface Listening {
        AutoCloseable begin(Ear ear) throws Exception;
    }

    @FunctionalInterface
    private interface Telling {
        void tell(byte[] value);
    }

    static List<String> run(Installation servers, int seconds) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "| Through | p50 at %,.0f/s, ms | p99 at %,.0f/s, ms | missed by who was away for a second |",
                RATE, RATE));
        lines.add("| --- | --- | --- | --- |");
        ConsumerRecord<byte[], byte[]> model =
                new ConsumerRecord<>(RawProducer.TOPIC, 0, 0, new byte[36], new byte[RECORD_BYTES]);
        Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
        try (RawProducer producer = RawProducer.open(servers.brokers(), model)) {
            lines.add(row("Kafka", seconds, producer::send, ear -> kafka(servers.brokers(), ear, positions)));
        }
        try (Jedis jedis = new Jedis(servers.redis())) {
            lines.add(row(
                    "Redis Pub/Sub",
                    seconds,
                    value -> {
                        long unused = jedis.publish(CHANNEL, value);
                    },
                    ear -> redis(servers.redis(), ear)));
        }
        return lines;
    }

    private static String row(String what, int seconds, Telling telling, Listening listening) throws Exception {
        Ear ear = new Ear();
        long sent;
        AutoCloseable first = listening.begin(ear);
        try {
            Pace.run(RATE, WarmUp.WINDOW_SECONDS, intended -> telling.tell(record(intended)));
            AckBench.pause(1);
            ear.times.reset();
            Pace.run(RATE, seconds, intended -> telling.tell(record(intended)));
            AckBench.pause(1);
        } finally {
            first.close();
        }
        double p50 = ear.times.getValueAtPercentile(50) / 1e6;
        double p99 = ear.times.getValueAtPercentile(99) / 1e6;
        ear.heard.set(0);
        Pace.run(RATE, 1, intended -> telling.tell(record(intended)));
        sent = (long) RATE;
        AutoCloseable second = listening.begin(ear);
        try {
            Pace.run(RATE, 1, intended -> telling.tell(record(intended)));
            sent += (long) RATE;
            AckBench.pause(2);
        } finally {
            second.close();
        }
        return String.format(
                "| %s | %s | %s | %,d of %,d |",
                what, Report.figure(p50), Report.figure(p99), sent - ear.heard.get(), sent);
    }

    private static byte[] record(long intended) {
        return ByteBuffer.allocate(RECORD_BYTES).putLong(intended).array();
    }

    private static AutoCloseable kafka(String brokers, Ear ear, Map<TopicPartition, Long> positions) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, RawProducer.PARTITIONS)
                .mapToObj(number -> new TopicPartition(RawProducer.TOPIC, number))
                .toList();
        consumer.assign(partitions);
        if (positions.isEmpty()) {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } else {
            positions.forEach(consumer::seek);
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().name("listener").start(() -> {
            while (!stop.get()) {
                consumer.poll(Duration.ofMillis(50)).forEach(each -> ear.hear(each.value()));
            }
            partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
            consumer.close();
        });
        return () -> {
            stop.set(true);
            thread.join();
        };
    }

    private static AutoCloseable redis(String uri, Ear ear) throws InterruptedException {
        CountDownLatch subscribed = new CountDownLatch(1);
        BinaryJedisPubSub subscription = new BinaryJedisPubSub() {
            @Override
            public void onMessage(byte[] channel, byte[] message) {
                ear.hear(message);
            }

            @Override
            public void onSubscribe(byte[] channel, int count) {
                subscribed.countDown();
            }
        };
        Thread thread = Thread.ofPlatform().name("listener").start(() -> {
            try (Jedis jedis = new Jedis(uri)) {
                jedis.subscribe(subscription, CHANNEL);
            }
        });
        if (!subscribed.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Redis does not take a subscription");
        }
        return () -> {
            subscription.unsubscribe();
            thread.join();
        };
    }
}
