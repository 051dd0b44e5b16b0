package dev.confab.kafka;

import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records, as they were. */
final class Letters {

    private static final int LONGEST_REASON = 300;

    private Letters() {}

    /** @param addressee whose command it was, where that can be told */
    static DeadLetter of(
            ConsumerRecord<byte[], byte[]> record,
            LetterCause cause,
            @Nullable LetterAddressee addressee,
            String reason,
            TraceId traceId) {
        return new DeadLetter(
                new CommandPartition(record.topic(), record.partition()),
                record.offset(),
                cause,
                addressee,
                null,
                record.key() == null ? null : base64(record.key()),
                base64(record.value()),
                shortened(reason),
                traceId);
    }

    /** It may quote the record. */
    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    private static String base64(byte @Nullable [] bytes) {
        return bytes == null ? "" : Base64.getEncoder().encodeToString(bytes);
    }
}
