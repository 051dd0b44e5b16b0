package dev.confab.kafka;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** The dead letters in {@code chat.messages.dlt.v1}. Each call that reads has a consumer of its own. */
final class KafkaDeadLetters implements DeadLetterLog {

    private static final Duration POLL = Duration.ofMillis(200);
    /** How long nothing may come of what is known to be there. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaSettings settings;
    private final Admin admin;
    private final PublicationSender sender;
    private final List<TopicPartition> partitions;

    KafkaDeadLetters(KafkaSettings settings, Admin admin, PublicationSender sender) {
        this.settings = settings;
        this.admin = admin;
        this.sender = sender;
        String topic = Topic.DEAD_LETTERS.name(settings);
        this.partitions = IntStream.range(0, Topic.DEAD_LETTERS.partitions(settings))
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    @Override
    public void read(@Nullable Instant since, Reader reader) {
        boolean unused = withConsumer(kafka -> {
            kafka.assign(partitions);
            Map<TopicPartition, Long> ends = kafka.endOffsets(partitions);
            seek(kafka, since, ends);
            return readTo(kafka, ends, reader);
        });
    }

    private void seek(KafkaConsumer<byte[], byte[]> kafka, @Nullable Instant since, Map<TopicPartition, Long> ends) {
        if (since == null) {
            kafka.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> found = kafka.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp place = found.get(partition);
            kafka.seek(partition, place == null ? Objects.requireNonNull(ends.get(partition)) : place.offset());
        }
    }

    /** Returns whether it came to the end, and was not stopped before. */
    private static boolean readTo(KafkaConsumer<byte[], byte[]> kafka, Map<TopicPartition, Long> ends, Reader reader) {
        long lastSign = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = kafka.poll(POLL);
            List<ParkedLetter> letters = new ArrayList<>(records.count());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                letters.add(ParkedLetters.read(record));
            }
            if (!letters.isEmpty()) {
                lastSign = System.nanoTime();
                if (!reader.read(letters)) {
                    return false;
                }
            }
            checkPatience(lastSign);
        }
        return true;
    }

    private static void checkPatience(long since) {
        if (System.nanoTime() - since > PATIENCE.toNanos()) {
            throw new BusUnavailableException("Kafka did not hand over the dead letters within " + PATIENCE);
        }
    }

    @Override
    public Optional<ParkedLetter> find(LetterId letterId) {
        if (letterId.partition() >= partitions.size()) {
            return Optional.empty();
        }
        TopicPartition partition = partitions.get(letterId.partition());
        return withConsumer(kafka -> {
            List<TopicPartition> one = List.of(partition);
            kafka.assign(one);
            long first = Objects.requireNonNull(kafka.beginningOffsets(one).get(partition));
            long next = Objects.requireNonNull(kafka.endOffsets(one).get(partition));
            if (letterId.offset() < first || letterId.offset() >= next) {
                return Optional.empty();
            }
            kafka.seek(partition, letterId.offset());
            long begin = System.nanoTime();
            ConsumerRecords<byte[], byte[]> records = kafka.poll(POLL);
            while (records.isEmpty() && kafka.position(partition) <= letterId.offset()) {
                checkPatience(begin);
                records = kafka.poll(POLL);
            }
            return records.records(partition).stream()
                    .filter(record -> record.offset() == letterId.offset())
                    .findFirst()
                    .map(ParkedLetters::read);
        });
    }

    @Override
    public OptionalLong putBack(ParkedLetter letter) {
        ParkedLetter.Origin origin = letter.origin();
        if (origin == null || !letter.isWhole() || !isOurs(origin)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sender.sendOne(ParkedLetters.putBack(letter, origin)));
    }

    /** What lies there may have been written by anybody; nothing is put where this program parks nothing from. */
    private boolean isOurs(ParkedLetter.Origin origin) {
        return List.of(Topic.COMMANDS, Topic.NOTIFICATIONS).stream()
                .anyMatch(topic -> topic.name(settings).equals(origin.log())
                        && origin.partition() >= 0
                        && origin.partition() < topic.partitions(settings));
    }

    @Override
    public List<Extent> extents() {
        Map<TopicPartition, ListOffsetsResultInfo> firsts = offsets(OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> nexts = offsets(OffsetSpec.latest());
        return partitions.stream()
                .map(partition -> new Extent(
                        partition.partition(),
                        Objects.requireNonNull(firsts.get(partition)).offset(),
                        Objects.requireNonNull(nexts.get(partition)).offset()))
                .toList();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        try {
            return admin.listOffsets(asked).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while Kafka had not answered", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new BusUnavailableException("Kafka at " + settings.bootstrapServers() + " does not answer", e);
        }
    }

    @Override
    public void onParked(Consumer<DeadLetter> listener) {
        sender.onParked(listener);
    }

    private <T> T withConsumer(Function<KafkaConsumer<byte[], byte[]>, T> work) {
        try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(ClientConfigs.lookingConsumer(settings))) {
            return work.apply(kafka);
        } catch (InterruptException e) {
            throw new BusUnavailableException("Interrupted while reading dead letters", e);
        } catch (KafkaException e) {
            throw new BusUnavailableException("The dead letters cannot be read: " + e.getMessage(), e);
        }
    }
}
