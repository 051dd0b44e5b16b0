package dev.confab.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts records into the topics of an installation past everything that would look at them. Used by one thread. */
final class RawRecords implements AutoCloseable {

    static final String COMMANDS = "chat.messages.v1";
    static final String PUBLICATIONS = "chat.messages.persisted.v1";
    static final String ROOM_EVENTS = "chat.room-events.v1";
    static final String READ_RECEIPTS = "chat.read-receipts.v1";
    static final String NOTIFICATIONS = "chat.notifications.v1";

    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;

    RawRecords(Installation installation) {
        Map<String, String> environment = installation.environment();
        prefix = Objects.requireNonNull(environment.get("CONFAB_NAMESPACE"));
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Objects.requireNonNull(environment.get("CONFAB_KAFKA_BROKERS")),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns where it lies now. */
    RecordMetadata put(String topic, @Nullable String key, byte @Nullable [] value) {
        Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(prefix + topic, key == null ? null : key.getBytes(UTF_8), value));
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    RecordMetadata put(String topic, @Nullable String key, String value) {
        return put(topic, key, value.getBytes(UTF_8));
    }

    /** A send as a gateway writes it. */
    static String post(String room, RestClient.Account sender, String clientMsgId, String content) {
        return "{\"eventType\":\"message.post\",\"schemaVersion\":1,\"eventId\":\"" + clientMsgId
                + "\",\"occurredAt\":\"2026-02-24T06:00:00.000Z\",\"traceId\":\"0123456789abcdef0123456789abcdef\""
                + ",\"roomId\":\"" + room + "\",\"senderId\":\"" + sender.id() + "\",\"clientMsgId\":\"" + clientMsgId
                + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\",\"replyTo\":null}";
    }

    @Override
    public void close() {
        producer.close();
    }
}
