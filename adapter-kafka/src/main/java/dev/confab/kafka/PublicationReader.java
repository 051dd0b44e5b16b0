package dev.confab.kafka;

import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.EventBus.PublicationListener;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener: a thread that reads all partitions from where they ended when it began. In no group: each listener
 * hears everything, and keeps its place by itself.
 */
final class PublicationReader implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(PublicationReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK_END = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofMillis(500);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final PublicationListener listener;
    private final List<TopicPartition> partitions;
    private final KafkaConsumer<byte[], byte[]> kafka;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    // Of the reading thread: how many partitions have a position.
    private int resolved;

    PublicationReader(KafkaSettings settings, PublicationListener listener) {
        this.listener = listener;
        this.partitions = Stream.of(Topic.PUBLICATIONS, Topic.ROOM_EVENTS, Topic.READ_RECEIPTS)
                .flatMap(topic -> IntStream.range(0, topic.partitions(settings))
                        .mapToObj(number -> new TopicPartition(topic.name(settings), number)))
                .toList();
        this.kafka = new KafkaConsumer<>(ClientConfigs.publicationConsumer(settings));
        this.thread = Thread.ofPlatform().name("confab-publications").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.equals(Thread.currentThread()) && !thread.join(Duration.ofSeconds(4))) {
                thread.interrupt();
                boolean ended = thread.join(Duration.ofSeconds(1));
                LOG.warn("A listener was interrupted, ended: {}", ended);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void run() {
        try {
            kafka.assign(partitions);
            kafka.seekToEnd(partitions);
            while (isOpen()) {
                try {
                    if (isResolved()) {
                        tell(kafka.poll(POLL));
                    }
                } catch (TimeoutException e) {
                    LOG.debug("Kafka has not said yet where the publications end", e);
                } catch (RuntimeException e) {
                    LOG.warn("Reading publications failed and is tried again", e);
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The listener was interrupted");
        } finally {
            kafka.close(CloseOptions.timeout(LEAVE));
            ready.completeExceptionally(new IllegalStateException("The subscription was closed"));
        }
    }

    /** Whether it is known of every partition where it ended. */
    private boolean isResolved() {
        while (resolved < partitions.size() && isOpen()) {
            long end = kafka.position(partitions.get(resolved), ASK_END);
            LOG.debug("Listening to {} from {}", partitions.get(resolved), end);
            resolved++;
        }
        if (resolved < partitions.size()) {
            return false;
        }
        ready.complete(null);
        return true;
    }

    private void tell(ConsumerRecords<byte[], byte[]> records) {
        List<Publication> publications = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            RoomId room = Records.roomOf(record);
            if (room == null || listener.wants(room, Records.userOf(record))) {
                decode(record, publications);
            }
        }
        if (!publications.isEmpty()) {
            try {
                listener.onPublications(publications);
            } catch (RuntimeException | Error e) {
                LOG.error("A listener failed; it hears the next publications", e);
            }
        }
    }

    /** What cannot be read is left out: the gap that it leaves in the room's sequence is filled from the store. */
    private static void decode(ConsumerRecord<byte[], byte[]> record, List<Publication> publications) {
        try {
            Publication publication = PublicationCodec.decode(RecordReader.read(record.value()));
            TraceLog.heard(publication, record);
            publications.add(publication);
        } catch (UnreadableRecordException | RuntimeException e) {
            // Whatever it is, its neighbours were read with it and are told.
            LOG.warn(
                    "A record of {}-{} at {} cannot be read and is left out: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void pause() throws InterruptedException {
        boolean closed = closing.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Trying again, closed: {}", closed);
    }
}
