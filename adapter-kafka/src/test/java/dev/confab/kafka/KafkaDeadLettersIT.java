package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.testkit.DeadLetterLogContract;
import dev.confab.testkit.Samples;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KafkaDeadLettersIT implements DeadLetterLogContract {

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

        @Override
        public DeadLetterLog deadLetters() {
            return bus.deadLetters();
        }
    }

    @Override
    public Node connect() {
        return new KafkaNode(RawKafka.open(settings));
    }

    private static List<ParkedLetter> all(Node node) {
        List<ParkedLetter> found = new ArrayList<>();
        node.deadLetters().read(null, found::addAll);
        return found;
    }

    private DeadLetter unreadable(@Nullable String key, String payload) {
        return new DeadLetter(
                new CommandPartition(Topic.COMMANDS.name(settings), 2),
                5,
                LetterCause.UNREADABLE,
                null,
                null,
                key,
                payload,
                "no JSON",
                Samples.trace());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void theRecordIsPutBackByteByByteAndSaysWhichLetterItWas() {
        try (Node node = connect()) {
            byte[] value = {0, -1, 13, 10, 'x'};
            node.events().park(unreadable(base64("a key".getBytes(UTF_8)), base64(value)));
            node.events().park(unreadable(null, ""));
            List<ParkedLetter> letters = all(node);
            letters.forEach(
                    letter -> assertThat(node.deadLetters().putBack(letter)).isPresent());

            List<ConsumerRecord<byte[], byte[]>> records = RawKafka.readAll(settings, Topic.COMMANDS);

            assertThat(records).hasSize(2).allMatch(record -> record.partition() == 2);
            assertThat(records.getFirst().key()).isEqualTo("a key".getBytes(UTF_8));
            assertThat(records.getFirst().value()).isEqualTo(value);
            assertThat(new String(
                            records.getFirst().headers().lastHeader("replay-of").value(), UTF_8))
                    .isEqualTo(letters.getFirst().id().toString());
            assertThat(records.getLast().key()).isNull();
            assertThat(records.getLast().value()).as("a tombstone").isNull();
        }
    }

    @Test
    void whatWasCutOffCannotBePutBack() {
        try (Node node = connect()) {
            node.events().park(unreadable(null, base64(new byte[950_000])));
            ParkedLetter letter = all(node).getFirst();

            assertThat(letter.cutFrom()).isEqualTo(950_000);
            assertThat(letter.isWhole()).isFalse();
            assertThat(node.deadLetters().putBack(letter)).isEmpty();
            assertThat(RawKafka.readAll(settings, Topic.COMMANDS)).isEmpty();
        }
    }

    @Test
    void whatSomethingElsePutThereIsReadAllTheSame() throws Exception {
        try (Node node = connect()) {
            String topic = Topic.DEAD_LETTERS.name(settings);
            RawKafka.send(settings, new ProducerRecord<>(topic, 0, null, "hello".getBytes(UTF_8)));
            ProducerRecord<byte[], byte[]> odd = new ProducerRecord<>(topic, 0, null, null);
            odd.headers().add(Records.ORIGIN_TOPIC, null);
            odd.headers().add(Records.ORIGIN_PARTITION, "many".getBytes(UTF_8));
            odd.headers().add(Records.CAUSE, "WHIM".getBytes(UTF_8));
            odd.headers().add(Records.CUT_FROM, "-1".getBytes(UTF_8));
            RawKafka.send(settings, odd);

            List<ParkedLetter> letters = all(node);

            assertThat(letters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.origin()).isNull();
                assertThat(letter.isWhole()).isFalse();
                assertThat(letter.cause()).isEqualTo(LetterCause.UNREADABLE);
                assertThat(letter.reason()).contains("unknown");
                assertThat(node.deadLetters().putBack(letter)).isEmpty();
            });
            assertThat(letters.getFirst().payload()).isEqualTo(base64("hello".getBytes(UTF_8)));
        }
    }
}
