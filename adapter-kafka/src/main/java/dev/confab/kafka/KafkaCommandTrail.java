package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandTrail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for commands in {@code chat.messages.v1} and {@code chat.messages.persisted.v1}. Only records whose bytes contain
 * the name are decoded.
 */
final class KafkaCommandTrail implements CommandTrail {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaSettings settings;

    KafkaCommandTrail(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public Trail find(Search search, LongConsumer progress) {
        try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(ClientConfigs.lookingConsumer(settings))) {
            List<TopicPartition> partitions = partitions(search.roomId());
            kafka.assign(partitions);
            Map<TopicPartition, Long> ends = kafka.endOffsets(partitions);
            seek(kafka, partitions, search.since(), ends);
            return read(kafka, ends, search, progress);
        } catch (InterruptException e) {
            throw new BusUnavailableException("Interrupted while looking through the logs", e);
        } catch (KafkaException e) {
            throw new BusUnavailableException("The logs cannot be looked through: " + e.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions(@Nullable RoomId room) {
        return Stream.of(Topic.COMMANDS, Topic.PUBLICATIONS)
                .flatMap(topic -> {
                    int count = topic.partitions(settings);
                    IntStream numbers = room == null
                            ? IntStream.range(0, count)
                            : IntStream.of(Records.partitionOf(UuidText.toBytes(room.value()), count));
                    return numbers.mapToObj(number -> new TopicPartition(topic.name(settings), number));
                })
                .toList();
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> kafka,
            List<TopicPartition> partitions,
            Instant since,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> found = kafka.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp place = found.get(partition);
            kafka.seek(partition, place == null ? Objects.requireNonNull(ends.get(partition)) : place.offset());
        }
    }

    private Trail read(
            KafkaConsumer<byte[], byte[]> kafka, Map<TopicPartition, Long> ends, Search search, LongConsumer progress) {
        byte[] name = search.commandId().toString().getBytes(US_ASCII);
        List<TraceStep.InLog> steps = new ArrayList<>();
        long looked = 0;
        long lastSign = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
            if (looked >= search.most()) {
                return new Trail(List.copyOf(steps), looked, false);
            }
            ConsumerRecords<byte[], byte[]> records = kafka.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.value() != null && contains(record.value(), name)) {
                    TraceStep.InLog step = step(record, search);
                    if (step != null) {
                        steps.add(step);
                    }
                }
            }
            looked += records.count();
            progress.accept(looked);
            if (!records.isEmpty()) {
                lastSign = System.nanoTime();
            } else if (System.nanoTime() - lastSign > PATIENCE.toNanos()) {
                throw new BusUnavailableException("Kafka did not hand over the logs within " + PATIENCE);
            }
        }
        return new Trail(List.copyOf(steps), looked, true);
    }

    private static boolean contains(byte[] value, byte[] name) {
        int last = value.length - name.length;
        for (int from = 0; from <= last; from++) {
            int i = 0;
            while (i < name.length && value[from + i] == name[i]) {
                i++;
            }
            if (i == name.length) {
                return true;
            }
        }
        return false;
    }

    private TraceStep.@Nullable InLog step(ConsumerRecord<byte[], byte[]> record, Search search) {
        return record.topic().equals(Topic.COMMANDS.name(settings))
                ? accepted(record, search)
                : published(record, search.commandId());
    }

    private static ParkedLetter.Origin place(ConsumerRecord<byte[], byte[]> record) {
        return new ParkedLetter.Origin(record.topic(), record.partition(), record.offset());
    }

    private static TraceStep.@Nullable InLog accepted(ConsumerRecord<byte[], byte[]> record, Search search) {
        RoomId room = null;
        LetterAddressee whose = null;
        TraceId traceId = Records.traceOf(record);
        boolean readable = false;
        switch (CommandDecoder.decode(record)) {
            case CommandBatch.Logged logged -> {
                if (!logged.command().commandId().equals(search.commandId())) {
                    return null;
                }
                room = logged.command().roomId();
                whose = new LetterAddressee(room, logged.command().senderId(), search.commandId(), null);
                traceId = logged.command().traceId();
                readable = true;
            }
            case CommandBatch.Unreadable unreadable -> {
                whose = unreadable.letter().addressee();
                room = whose == null ? Records.roomOf(record) : whose.roomId();
                traceId = unreadable.letter().traceId();
            }
        }
        boolean ofAnother = whose != null && !whose.commandId().equals(search.commandId());
        if (room == null
                || ofAnother
                || (search.roomId() != null && !search.roomId().equals(room))) {
            return null;
        }
        return new TraceStep.Accepted(
                place(record),
                Instant.ofEpochMilli(record.timestamp()),
                room,
                whose == null ? null : whose.senderId(),
                traceId,
                readable,
                Records.isReplay(record));
    }

    private static TraceStep.@Nullable InLog published(
            ConsumerRecord<byte[], byte[]> record, ClientMessageId commandId) {
        try {
            Publication publication = PublicationCodec.decode(RecordReader.read(record.value()));
            String what = what(publication.event(), commandId);
            return what == null
                    ? null
                    : new TraceStep.Published(
                            place(record),
                            Instant.ofEpochMilli(record.timestamp()),
                            publication.event().roomId(),
                            publication.concerns(),
                            publication.traceId(),
                            what);
        } catch (UnreadableRecordException | RuntimeException unreadable) {
            return null;
        }
    }

    private static @Nullable String what(ChatEvent event, ClientMessageId commandId) {
        return switch (event) {
            case ChatEvent.MessagePosted posted
            when posted.message().clientMessageId().equals(commandId) -> "posted";
            case ChatEvent.MessageEdited edited
            when edited.message().clientMessageId().equals(commandId) -> "edited";
            case ChatEvent.MessageDeleted deleted
            when deleted.message().clientMessageId().equals(commandId) -> "deleted";
            case ChatEvent.CommandRejected rejected
            when rejected.commandId().equals(commandId) -> rejected.reason().code();
            default -> null;
        };
    }
}
