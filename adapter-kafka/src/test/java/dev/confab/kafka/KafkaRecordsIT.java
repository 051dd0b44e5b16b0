package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.Eventually;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaRecordsIT {

    private final KafkaSettings settings = RawKafka.newSettings();
    private final RoomId room = RoomId.random();
    private final byte[] key = UuidText.toBytes(room.value());

    private ProducerRecord<byte[], byte[]> record(Topic topic, String value) {
        return new ProducerRecord<>(
                topic.name(settings), Records.partitionOf(key, topic.partitions(settings)), key, value.getBytes(UTF_8));
    }

    private static EventBus.Submission submit(EventBus bus, Command command) throws Exception {
        return bus.submit(command).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void commandLiesUnderItsRoomAndNamesItsSender() throws Exception {
        Command command = BusExamples.post(room, UserId.random(), "hi");
        try (EventBus bus = RawKafka.open(settings)) {
            assertThat(submit(bus, command)).isEqualTo(EventBus.Submission.ACCEPTED);
        }
        ConsumerRecord<byte[], byte[]> found =
                RawKafka.readAll(settings, Topic.COMMANDS).getFirst();
        assertThat(new String(found.key(), UTF_8)).isEqualTo(room.toString());
        assertThat(new String(found.headers().lastHeader("user").value(), UTF_8))
                .isEqualTo(command.senderId().toString());
        assertThat(found.value()).isEqualTo(CommandCodec.encode(command));
    }

    @Test
    void unreadableRecordIsHandedOverBetweenItsNeighbours() throws Exception {
        Command before = BusExamples.post(room, "before");
        Command after = BusExamples.post(room, "after");
        List<CommandBatch.Entry> entries = new CopyOnWriteArrayList<>();
        try (EventBus bus = RawKafka.open(settings)) {
            submit(bus, before);
            RawKafka.send(settings, record(Topic.COMMANDS, "poison"));
            submit(bus, after);
            bus.consume(new EventBus.CommandConsumer() {
                @Override
                public long startAt(CommandPartition partition, OptionalLong committed) {
                    return 0;
                }

                @Override
                public long handle(CommandBatch batch) {
                    entries.addAll(batch.entries());
                    return batch.nextPosition();
                }
            });
            Eventually.holds(() -> assertThat(entries).hasSize(3));
            assertThat(entries.get(0)).isEqualTo(new CommandBatch.Logged(0, before));
            assertThat(entries.get(2)).isEqualTo(new CommandBatch.Logged(2, after));
            DeadLetter letter = ((CommandBatch.Unreadable) entries.get(1)).letter();
            assertThat(letter.partition().log()).isEqualTo(Topic.COMMANDS.name(settings));
            bus.park(letter);
        }
        ConsumerRecord<byte[], byte[]> parked =
                RawKafka.readAll(settings, Topic.DEAD_LETTERS).getFirst();
        assertThat(parked.value()).isEqualTo("poison".getBytes(UTF_8));
        assertThat(parked.key()).isEqualTo(key);
        assertThat(new String(parked.headers().lastHeader(Records.ORIGIN_OFFSET).value(), UTF_8))
                .isEqualTo("1");
    }

    @Test
    void listenerLeavesOutWhatItCannotReadAndGoesOn() throws Exception {
        List<Publication> heard = new CopyOnWriteArrayList<>();
        try (EventBus bus = RawKafka.open(settings)) {
            var listening = bus.listen(new EventBus.PublicationListener() {
                @Override
                public boolean wants(RoomId about, @Nullable UserId user) {
                    return true;
                }

                @Override
                public void onPublications(List<Publication> publications) {
                    heard.addAll(publications);
                }
            });
            listening.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
            RawKafka.send(settings, record(Topic.PUBLICATIONS, "poison"));
            RawKafka.send(
                    settings, record(Topic.PUBLICATIONS, "{\"schemaVersion\":2,\"eventType\":\"message.persisted\"}"));
            Publication readable = BusExamples.posted(room, 1, "hi");
            bus.publish(List.of(readable));
            Eventually.holds(() -> assertThat(heard).containsExactly(readable));
        }
    }

    @Test
    void whatHappensToRoomsTravelsOverItsOwnTopicUnderItsRoomAndItsId() {
        UserId joined = UserId.random();
        Publication change = BusExamples.joined(room, joined);
        try (EventBus bus = RawKafka.open(settings)) {
            bus.publish(List.of(change));
        }
        ConsumerRecord<byte[], byte[]> found =
                RawKafka.readAll(settings, Topic.ROOM_EVENTS).getFirst();
        assertThat(new String(found.key(), UTF_8)).isEqualTo(room.toString());
        assertThat(new String(found.headers().lastHeader("user").value(), UTF_8))
                .isEqualTo(joined.toString());
        assertThat(new String(found.value(), UTF_8))
                .contains("\"eventType\":\"member.joined\"")
                .contains("\"eventId\":\"" + ((ChatEvent.RoomChanged) change.event()).id() + "\"");
    }

    @Test
    void anAnnouncementNamesNoSender() throws Exception {
        try (EventBus bus = RawKafka.open(settings)) {
            submit(bus, BusExamples.announce(room, "Kim joined"));
        }
        ConsumerRecord<byte[], byte[]> found =
                RawKafka.readAll(settings, Topic.COMMANDS).getFirst();
        assertThat(found.headers().lastHeader("user")).isNull();
        assertThat(new String(found.value(), UTF_8)).contains("message.system").doesNotContain("senderId");
    }

    @Test
    void readMarkersTravelOverTheirOwnTopic() {
        Publication read = BusExamples.read(room, UserId.random(), 3);
        try (EventBus bus = RawKafka.open(settings)) {
            bus.publish(List.of(read, BusExamples.posted(room, 4, "hi")));
        }
        assertThat(RawKafka.readAll(settings, Topic.READ_RECEIPTS)).hasSize(1);
        assertThat(RawKafka.readAll(settings, Topic.PUBLICATIONS)).hasSize(1);
    }
}
