package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** What a record carries beside its value: the key, the partition it makes, the headers. */
final class Records {

    /** Who caused a record, or to whom it is addressed: a UUID as text. Missing where it is the server. */
    static final String USER = "user";

    /** On dead letters: where the record was, why it was parked, and its trace id, all as text. */
    static final String ORIGIN_TOPIC = "origin-topic";

    static final String ORIGIN_PARTITION = "origin-partition";
    static final String ORIGIN_OFFSET = "origin-offset";
    static final String REASON = "reason";
    static final String TRACE_ID = "trace-id";

    /** On dead letters whose command's sender is known, beside {@link #USER}: which command it was. */
    static final String ROOM = "room";

    static final String COMMAND = "command";
    static final String MESSAGE = "message";

    /** Unreadable, refused or undelivered. */
    static final String CAUSE = "cause";

    /** On records that were put back from among the dead letters: the letter's id. */
    static final String REPLAY_OF = "replay-of";

    /** On dead letters whose value is only the beginning of what it was: how many bytes it had. */
    static final String CUT_FROM = "cut-from-bytes";

    /** Below the megabyte that brokers and clients take by default, headers included. */
    private static final int LARGEST_PARKED = 900_000;

    private static final int LARGEST_PARKED_KEY = 1_000;

    private Records() {}

    /** A record for the room's partition. */
    static ProducerRecord<byte[], byte[]> of(
            String topic, int partitions, RoomId room, @Nullable UserId user, byte[] value) {
        byte[] key = UuidText.toBytes(room.value());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partitionOf(key, partitions), key, value);
        if (user != null) {
            record.headers().add(USER, UuidText.toBytes(user.value()));
        }
        return record;
    }

    static ProducerRecord<byte[], byte[]> of(String topic, int partitions, Command command) {
        return of(topic, partitions, command.roomId(), senderOf(command), CommandCodec.encode(command));
    }

    private static @Nullable UserId senderOf(Command command) {
        return command.senderId().equals(UserId.NOBODY) ? null : command.senderId();
    }

    static ProducerRecord<byte[], byte[]> of(
            String topic, int partitions, Publication publication, PublicationCodec codec) {
        return of(topic, partitions, publication.event().roomId(), publication.concerns(), codec.encode(publication));
    }

    /** In the partition of the user who is to be told. */
    static ProducerRecord<byte[], byte[]> of(String topic, int partitions, Notification notification) {
        byte[] key = UuidText.toBytes(notification.userId().value());
        return new ProducerRecord<>(topic, partitionOf(key, partitions), key, NotificationCodec.encode(notification));
    }

    /**
     * The record as it was, so that it can be put back as it is; what is known about it is in the headers. What no
     * broker would take is cut off: a record that cannot be parked would hold up its partition for ever.
     */
    static ProducerRecord<byte[], byte[]> of(String topic, DeadLetter letter) {
        byte[] value = valueOf(letter);
        byte[] parked = value == null || value.length <= LARGEST_PARKED ? value : Arrays.copyOf(value, LARGEST_PARKED);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, keyOf(letter), parked);
        Headers headers = record.headers();
        LetterAddressee whose = letter.addressee();
        if (whose != null) {
            headers.add(USER, UuidText.toBytes(whose.senderId().value()));
            headers.add(ROOM, UuidText.toBytes(whose.roomId().value()));
            headers.add(COMMAND, UuidText.toBytes(whose.commandId().value()));
            if (whose.messageId() != null) {
                headers.add(MESSAGE, utf8(whose.messageId().toString()));
            }
        }
        headers.add(ORIGIN_TOPIC, utf8(letter.partition().log()));
        headers.add(ORIGIN_PARTITION, utf8(Integer.toString(letter.partition().number())));
        headers.add(ORIGIN_OFFSET, utf8(Long.toString(letter.offset())));
        headers.add(CAUSE, utf8(letter.cause().name()));
        headers.add(REASON, utf8(letter.reason()));
        headers.add(TRACE_ID, utf8(letter.traceId().value()));
        if (value != null && value.length > LARGEST_PARKED) {
            headers.add(CUT_FROM, utf8(Integer.toString(value.length)));
        }
        return record;
    }

    private static byte @Nullable [] keyOf(DeadLetter letter) {
        if (letter.key() == null) {
            return letter.command() == null
                    ? null
                    : UuidText.toBytes(letter.command().roomId().value());
        }
        byte[] key = Base64.getDecoder().decode(letter.key());
        return key.length <= LARGEST_PARKED_KEY ? key : null;
    }

    private static byte @Nullable [] valueOf(DeadLetter letter) {
        if (letter.payload().isEmpty()) {
            return letter.command() == null ? null : CommandCodec.encode(letter.command());
        }
        return Base64.getDecoder().decode(letter.payload());
    }

    /** The partition that Kafka's own clients give to that key. */
    static int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The room a record is about; null when its key says none. */
    static @Nullable RoomId roomOf(ConsumerRecord<byte[], byte[]> record) {
        var uuid = UuidText.read(record.key());
        return uuid == null ? null : new RoomId(uuid);
    }

    static @Nullable UserId userOf(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(USER);
        var uuid = header == null ? null : UuidText.read(header.value());
        return uuid == null ? null : new UserId(uuid);
    }

    /** Whether an operator put it back from among the dead letters. */
    static boolean isReplay(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(REPLAY_OF) != null;
    }

    /** A trace id for a record that has none: the same each time that record is read. */
    static TraceId traceOf(ConsumerRecord<byte[], byte[]> record) {
        return new TraceId(String.format("%016x%016x", record.partition() + 1L, record.offset()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
