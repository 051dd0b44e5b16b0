package dev.confab.kafka;

import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.NotificationBus.Deliverer;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands the notifications of a partition to who delivers them, and parks what cannot be delivered or read (G11). */
final class NotificationWork implements PartitionWork {

    /** Few, because a partition reads on when the last of them is settled. */
    private static final int BATCH = 100;

    private final Deliverer deliverer;
    private final Consumer<DeadLetter> park;

    NotificationWork(Deliverer deliverer, Consumer<DeadLetter> park) {
        this.deliverer = deliverer;
        this.park = park;
    }

    @Override
    public int most() {
        return BATCH;
    }

    @Override
    public long handle(long position, List<ConsumerRecord<byte[], byte[]>> records, long nextPosition) {
        List<Notification> notifications = new ArrayList<>(records.size());
        // By identity: a notification may be there more than once.
        IdentityHashMap<Notification, ConsumerRecord<byte[], byte[]>> origins = new IdentityHashMap<>();
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                Notification notification = NotificationCodec.decode(RecordReader.read(record.value()));
                notifications.add(notification);
                origins.put(notification, record);
            } catch (UnreadableRecordException | RuntimeException e) {
                // Whatever it is, it must not hold up its neighbours.
                letters.add(Letters.of(
                        record, LetterCause.UNREADABLE, null, String.valueOf(e.getMessage()), Records.traceOf(record)));
            }
        }
        List<Undelivered> undelivered =
                notifications.isEmpty() ? List.of() : deliverer.deliver(List.copyOf(notifications));
        for (Undelivered each : undelivered) {
            ConsumerRecord<byte[], byte[]> origin = Objects.requireNonNull(
                    origins.get(each.notification()), "not one of those that were to be delivered");
            letters.add(Letters.of(
                    origin,
                    LetterCause.UNDELIVERED,
                    null,
                    each.reason(),
                    each.notification().traceId()));
        }
        letters.forEach(park);
        return nextPosition;
    }
}
