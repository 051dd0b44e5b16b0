package dev.confab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Records that nobody should have written, of every kind, in every topic, in the middle of those of a load. */
final class Poison {

    private static final String COMMANDS = "chat.messages.v1";

    private static final List<String> HEARD = List.of(
            "chat.messages.persisted.v1", "chat.room-events.v1", "chat.read-receipts.v1", "chat.notifications.v1");

    /** Kafka takes the command, and would not take what is published of it. */
    private static final int LONGEST = 1_047_900;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String brokers;
    private final Random random;

    Poison(String brokers, long seed) {
        this.brokers = brokers;
        this.random = new Random(seed);
    }

    /**
     * Puts one of each kind in. Waits until the broker has taken or refused all.
     *
     * @param rooms of the load, in which {@code sender} is; at least two
     * @param sender somebody of the load
     * @return how many commands the broker has taken that have to be parked
     */
    int put(List<String> rooms, String sender) throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        List<ProducerRecord<byte[], byte[]>> commands = new ArrayList<>();
        String room = any(rooms);
        for (byte @Nullable [] value : unreadable(room, sender)) {
            commands.add(record(COMMANDS, any(rooms), value));
        }
        commands.add(record(COMMANDS, null, "poison".getBytes(UTF_8)));
        commands.add(record(COMMANDS, another(room, rooms), text(post(room, sender, "hi"))));
        // Of a member, under the room's key: only the store refuses it.
        commands.add(record(COMMANDS, room, text(post(room, sender, "a\\u0000b"))));
        List<ProducerRecord<byte[], byte[]>> heard = new ArrayList<>();
        for (String topic : HEARD) {
            for (byte[] value : publications(any(rooms), sender)) {
                heard.add(record(topic, any(rooms), value));
                heard.add(record(topic, null, value));
            }
        }
        CountDownLatch answered = new CountDownLatch(commands.size() + heard.size());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2_000_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        5_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        3_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        15_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            commands.forEach(command -> producer.send(command, (place, fault) -> {
                if (fault == null) {
                    int unused = taken.incrementAndGet();
                }
                answered.countDown();
            }));
            heard.forEach(publication -> producer.send(publication, (place, fault) -> answered.countDown()));
            boolean all = answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!all) {
                System.err.println("torture: " + answered.getCount() + " records of poison were not answered");
            }
        }
        return taken.get();
    }

    private ProducerRecord<byte[], byte[]> record(String topic, @Nullable String key, byte @Nullable [] value) {
        return new ProducerRecord<>(TorturedServers.topic(topic), key == null ? null : key.getBytes(UTF_8), value);
    }

    private String any(List<String> rooms) {
        return rooms.get(random.nextInt(rooms.size()));
    }

    private String another(String room, List<String> rooms) {
        String other = any(rooms);
        while (other.equals(room)) {
            other = any(rooms);
        }
        return other;
    }

    private static byte[] text(String json) {
        return json.getBytes(UTF_8);
    }

    /** Whatever room's key they have. */
    private List<byte @Nullable []> unreadable(String room, String sender) {
        List<byte @Nullable []> all = new ArrayList<>();
        all.add(null);
        all.add(new byte[] {0, -1, -2, 27, '[', '2', 'J'});
        for (String text : List.of(
                "poison",
                post(room, sender, "hi").replace("message.post", "message.sing"),
                post(room, sender, "hi").replace("message.post", "\\u0000\\ud800\\u001b[2J"),
                post(room, sender, "hi").replace("\"schemaVersion\":1", "\"schemaVersion\":2"),
                post(room, sender, "hi").replace("\"content\":\"hi\",", ""),
                post(room, sender, "a\\ud83d"),
                post(room, sender, "x".repeat(LONGEST)))) {
            all.add(text(text));
        }
        return all;
    }

    private String post(String room, String sender, String content) {
        UUID name = new UUID(random.nextLong(), random.nextLong());
        return "{\"eventType\":\"message.post\",\"schemaVersion\":1,\"eventId\":\"" + name
                + "\",\"occurredAt\":\"2026-02-24T06:00:00.000Z\",\"traceId\":\"0123456789abcdef0123456789abcdef\""
                + ",\"roomId\":\"" + room + "\",\"senderId\":\"" + sender + "\",\"clientMsgId\":\"" + name
                + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\",\"replyTo\":null}";
    }

    private List<byte[]> publications(String room, String sender) {
        String message =
                "{\"eventType\":\"message.persisted\",\"schemaVersion\":1,\"eventId\":\"x\",\"roomId\":\"" + room
                        + "\",\"epoch\":\"another\",\"memberVersion\":1,\"messageId\":\"01J00000000000000000000000\",\"seq\":2,"
                        + "\"senderId\":\"" + sender + "\",\"senderName\":\"Kim\",\"clientMsgId\":\""
                        + new UUID(random.nextLong(), random.nextLong())
                        + "\",\"type\":\"TEXT\",\"content\":\"forged\",\"replyTo\":null,\"mentions\":[]}";
        List<byte[]> all = new ArrayList<>();
        for (String text : List.of(
                "poison",
                "{}",
                "[]",
                message,
                message.replace("\"seq\":2", "\"seq\":-2"),
                message.replace("\"seq\":2", "\"seq\":0"),
                message.replace("\"seq\":2", "\"seq\":99999999999999999999"),
                message.replace("01J0000", "ZZZZZZZ"),
                message.replace("\"schemaVersion\":1", "\"schemaVersion\":2"),
                message.replace("\"TEXT\"", "\"DANCE\""),
                message.replace("\"mentions\":[]", "\"mentions\":[1,{}]"),
                message.replace("forged", "\\ud800\\u0000"),
                message.replace("\"messageId\"", "\"lastReadMessageId\""),
                message.replace("message.persisted", "message.edited"),
                message.replace("message.persisted", "member.joined"),
                message.replace("message.persisted", "command.rejected"),
                message.replace("message.persisted", "read.marked"))) {
            all.add(text(text));
        }
        return all;
    }
}
