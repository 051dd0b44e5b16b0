package dev.confab.kafka;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends publications and dead letters, and waits for the answers. Made when it is first needed: a node that is no worker
 * has no use for it. Safe on any thread.
 */
final class PublicationSender {

    /** Longer than the producer itself waits, so that it nearly always has an answer. */
    private static final Duration PATIENCE = ClientConfigs.PUBLICATION_DELIVERY.plusSeconds(5);

    private final KafkaSettings settings;
    private final PublicationCodec codec;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile Consumer<DeadLetter> parked = letter -> {};
    private boolean closed;

    PublicationSender(KafkaSettings settings, PublicationCodec codec) {
        this.settings = settings;
        this.codec = codec;
    }

    void publish(List<Publication> publications) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(publications.size());
        for (Publication publication : publications) {
            Topic topic = topicOf(publication.event());
            records.add(Records.of(topic.name(settings), topic.partitions(settings), publication, codec));
        }
        sendAll(records);
        TraceLog.published(publications);
    }

    private static Topic topicOf(ChatEvent event) {
        return switch (event) {
            case ChatEvent.ReadMarked marked -> Topic.READ_RECEIPTS;
            case ChatEvent.RoomChanged changed -> Topic.ROOM_EVENTS;
            default -> Topic.PUBLICATIONS;
        };
    }

    void park(DeadLetter letter) {
        sendAll(List.of(Records.of(Topic.DEAD_LETTERS.name(settings), letter)));
        parked.accept(letter);
    }

    /** Who hears of each letter that was parked here. */
    void onParked(Consumer<DeadLetter> listener) {
        parked = listener;
    }

    /** Returns once it is held durably, with its offset. */
    long sendOne(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer()
                    .send(record)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while Kafka had not answered", e);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            throw new BusUnavailableException("Kafka did not hold a record", e);
        }
    }

    /** Returns once all of them are held durably. */
    void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        KafkaProducer<byte[], byte[]> open = producer();
        Answers answers = new Answers(records.size());
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                Future<RecordMetadata> unused = open.send(record, answers);
            }
        } catch (KafkaException | IllegalStateException e) {
            throw new BusUnavailableException("Kafka did not take a record", e);
        }
        answers.await();
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed) {
            throw new BusUnavailableException("The event bus was closed");
        }
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(ClientConfigs.publicationProducer(settings));
            producer = open;
        }
        return open;
    }

    void close(Duration patience) {
        KafkaProducer<byte[], byte[]> open;
        synchronized (this) {
            closed = true;
            open = producer;
        }
        if (open != null) {
            open.close(patience);
        }
    }

    /** Waits until all of some records were answered. */
    private static final class Answers implements Callback {

        private final CountDownLatch missing;
        private volatile @Nullable Exception failure;

        Answers(int count) {
            missing = new CountDownLatch(count);
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception != null) {
                failure = exception;
            }
            missing.countDown();
        }

        void await() {
            try {
                if (!missing.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new BusUnavailableException("Kafka did not answer within " + PATIENCE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BusUnavailableException("Interrupted while Kafka had not answered", e);
            }
            Exception found = failure;
            if (found != null) {
                throw new BusUnavailableException("Kafka did not hold a record", found);
            }
        }
    }
}
