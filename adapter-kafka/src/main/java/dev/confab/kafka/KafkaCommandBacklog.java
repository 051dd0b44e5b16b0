package dev.confab.kafka;

import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBacklog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far the group {@code chat-persistor} is behind on {@code chat.messages.v1}. */
final class KafkaCommandBacklog implements CommandBacklog {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    /** For a look at the first record of each partition that waits. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final Admin admin;
    private final Clock clock;
    private final List<TopicPartition> partitions;

    KafkaCommandBacklog(KafkaSettings settings, Admin admin, Clock clock) {
        this.settings = settings;
        this.admin = admin;
        this.clock = clock;
        String topic = Topic.COMMANDS.name(settings);
        this.partitions = IntStream.range(0, Topic.COMMANDS.partitions(settings))
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    @Override
    public Waiting measure() {
        try {
            String group = settings.topicPrefix() + ClientConfigs.WORKERS;
            // In this order: what is finished meanwhile makes the backlog look longer than it is, and never negative.
            Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, Long> firsts = offsets(OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
            long commands = 0;
            Map<TopicPartition, Long> waiting = new HashMap<>();
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata reached = done.get(partition);
                long first = Objects.requireNonNull(firsts.get(partition));
                long from = reached == null ? first : Math.max(first, reached.offset());
                long left = Objects.requireNonNull(ends.get(partition)) - from;
                if (left > 0) {
                    commands += left;
                    waiting.put(partition, from);
                }
            }
            return new Waiting(commands, waiting.isEmpty() ? Duration.ZERO : oldest(waiting));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while Kafka had not answered", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BusUnavailableException("Kafka at " + settings.bootstrapServers() + " does not answer", e);
        }
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                admin.listOffsets(asked).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
        return offsets;
    }

    /** By the time of who wrote them, which is that of the gateway. */
    private Duration oldest(Map<TopicPartition, Long> waiting) {
        Instant oldest = clock.instant();
        Instant now = oldest;
        Map<String, Object> config = ClientConfigs.lookingConsumer(settings);
        // One record of each partition is all that is wanted.
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 16 * 1024);
        try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(config)) {
            kafka.assign(waiting.keySet());
            waiting.forEach(kafka::seek);
            Set<TopicPartition> unseen = new HashSet<>(waiting.keySet());
            long begin = System.nanoTime();
            while (!unseen.isEmpty() && System.nanoTime() - begin < LOOK.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : kafka.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (unseen.remove(partition)) {
                        kafka.pause(Set.of(partition));
                        Instant written = Instant.ofEpochMilli(record.timestamp());
                        oldest = written.isBefore(oldest) ? written : oldest;
                    }
                }
            }
        }
        return Duration.between(oldest, now);
    }
}
