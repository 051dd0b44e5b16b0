package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.testkit.BusExamples;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final CommandPartition ORIGIN = new CommandPartition("chat.messages.v1", 4);
    private static final TraceId TRACE = new TraceId("a".repeat(32));

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Property
    void partitionIsTheOneThatAnyKafkaClientChooses(
            @ForAll byte[] key, @ForAll @IntRange(min = 1, max = 100) int partitions) {
        assertThat(Records.partitionOf(key, partitions)).isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
    }

    @Test
    void parkedRecordIsTheRecordThatItWasAndSaysWhereItWas() {
        DeadLetter letter = unreadable(base64("key"), base64("value"));
        ProducerRecord<byte[], byte[]> record = Records.of("dlt", letter);
        assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(record.value()).isEqualTo("value".getBytes(UTF_8));
        assertThat(header(record, Records.ORIGIN_TOPIC)).isEqualTo("chat.messages.v1");
        assertThat(header(record, Records.ORIGIN_PARTITION)).isEqualTo("4");
        assertThat(header(record, Records.ORIGIN_OFFSET)).isEqualTo("17");
        assertThat(header(record, Records.REASON)).isEqualTo("no JSON");
        assertThat(header(record, Records.TRACE_ID)).isEqualTo(TRACE.value());
    }

    @Test
    void parkedCommandIsTheRecordOfThatCommand() {
        Command command = BusExamples.post(RoomId.random(), "poison");
        DeadLetter letter = DeadLetter.refused(ORIGIN, 17, command, "refused");
        ProducerRecord<byte[], byte[]> record = Records.of("dlt", letter);
        ProducerRecord<byte[], byte[]> original = Records.of("chat.messages.v1", 6, command);
        assertThat(record.key()).isEqualTo(original.key());
        assertThat(record.value()).isEqualTo(original.value());
        assertThat(header(record, Records.USER)).isEqualTo(command.senderId().toString());
    }

    @Test
    void whatNoBrokerWouldTakeIsCutOffRatherThanNeverParked() {
        DeadLetter letter = unreadable(base64("k".repeat(2_000)), base64("v".repeat(5_000_000)));
        ProducerRecord<byte[], byte[]> record = Records.of("dlt", letter);
        assertThat(record.key()).isNull();
        assertThat(record.value()).hasSizeLessThan(1_000_000);
        assertThat(header(record, Records.CUT_FROM)).isEqualTo("5000000");
    }

    @Test
    void parkedTombstoneIsATombstone() {
        assertThat(Records.of("dlt", unreadable(base64("key"), "")).value()).isNull();
    }

    private static DeadLetter unreadable(String key, String payload) {
        return new DeadLetter(ORIGIN, 17, LetterCause.UNREADABLE, null, null, key, payload, "no JSON", TRACE);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
