package dev.confab.kafka;

import static dev.confab.testkit.BusExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.NotificationBusContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class KafkaNotificationBusIT implements NotificationBusContract {

    private final KafkaSettings settings = RawKafka.newSettings();

    private record KafkaNode(KafkaEventBus bus) implements Node {
        @Override
        public EventBus events() {
            return bus;
        }

        @Override
        public NotificationBus notifications() {
            return bus.notifications();
        }
    }

    @Override
    public Node connect() {
        return new KafkaNode(RawKafka.open(settings));
    }

    @Test
    void aRecordIsKeyedByItsUserAndNamedByItsNotification() throws UnreadableRecordException {
        try (Node node = connect()) {
            Notification notification = notification(UserId.random(), 1);
            node.notifications().put(List.of(notification));
            ConsumerRecord<byte[], byte[]> record =
                    RawKafka.readAll(settings, Topic.NOTIFICATIONS).getFirst();
            assertThat(record.key())
                    .isEqualTo(UuidText.toBytes(notification.userId().value()));
            assertThat(RecordReader.read(record.value()).text(Field.EVENT_ID))
                    .isEqualTo(notification.id().toString());
        }
    }

    @Test
    void whatWasGivenUpOrCannotBeReadIsParkedAsItWas() throws Exception {
        try (Node node = connect()) {
            String topic = Topic.NOTIFICATIONS.name(settings);
            RawKafka.send(settings, new ProducerRecord<>(topic, 1, null, "{".getBytes(StandardCharsets.UTF_8)));
            Notification refused = notification(UserId.random(), 1);
            Notification fine = notification(UserId.random(), 2);
            node.notifications().put(List.of(refused, fine));
            List<Notification> delivered = new CopyOnWriteArrayList<>();
            node.notifications().deliver(some -> {
                delivered.addAll(some);
                return some.stream()
                        .filter(refused::equals)
                        .map(each -> new Undelivered(each, "answered 400"))
                        .toList();
            });
            Eventually.holds(() -> {
                assertThat(delivered).contains(refused, fine);
                assertThat(RawKafka.readAll(settings, Topic.DEAD_LETTERS)).hasSize(2);
            });
            List<ConsumerRecord<byte[], byte[]>> parked = RawKafka.readAll(settings, Topic.DEAD_LETTERS);
            assertThat(parked)
                    .allSatisfy(record ->
                            assertThat(header(record, Records.ORIGIN_TOPIC)).isEqualTo(topic));
            ConsumerRecord<byte[], byte[]> letter = parked.stream()
                    .filter(record -> header(record, Records.REASON).equals("answered 400"))
                    .findFirst()
                    .orElseThrow();
            assertThat(NotificationCodec.decode(RecordReader.read(letter.value())))
                    .isEqualTo(refused);
            assertThat(header(letter, Records.TRACE_ID))
                    .isEqualTo(refused.traceId().value());
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
