package dev.confab.kafka;

import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker of a {@link WorkGroup}: a thread that polls, and a {@link PartitionLane} for each partition that is assigned. Everything that
 * concerns the consumer happens on the polling thread.
 */
final class GroupWorker implements Subscription, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWorker.class);

    /** How long the polling thread waits for records; what lanes ask for meanwhile waits that long too. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(200);
    private static final Duration ASK_COMMITTED = Duration.ofSeconds(2);

    /** How long a batch under way may hold up that its partition is taken away; all of closing takes 5 s. */
    private static final Duration FINISH = Duration.ofSeconds(3);

    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(300);

    private static final Duration LAST_COMMIT = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofMillis(800);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final WorkGroup group;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    // All of the polling thread.
    private final Map<TopicPartition, PartitionLane> lanes = new HashMap<>();
    private final Map<TopicPartition, PartitionLane> former = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> kafka;
    private long lastCommit = System.nanoTime();

    GroupWorker(KafkaSettings settings, WorkGroup group) {
        this.settings = settings;
        this.group = group;
        this.kafka = new KafkaConsumer<>(group.config());
        this.thread =
                Thread.ofPlatform().name("confab-" + group.name()).daemon().unstarted(this::run);
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
            boolean ended = thread.join(Duration.ofSeconds(5));
            if (!ended) {
                LOG.warn("The worker did not end in time; what it had under way will be worked on again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            kafka.subscribe(List.of(group.topic().name(settings)), this);
            while (closing.getCount() > 0) {
                try {
                    turn();
                } catch (RuntimeException e) {
                    LOG.warn("Reading {} failed and is tried again", group.name(), e);
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The worker was interrupted");
        } finally {
            finishAll();
            kafka.close(CloseOptions.timeout(LEAVE));
            ready.completeExceptionally(new IllegalStateException("The subscription was closed"));
        }
    }

    private void turn() throws InterruptedException {
        boolean busy = startLanes();
        Set<TopicPartition> paused = kafka.paused();
        for (PartitionLane lane : lanes.values()) {
            TopicPartition partition = lane.topicPartition();
            OptionalLong seek = lane.takeSeek();
            if (seek.isPresent()) {
                kafka.seek(partition, seek.getAsLong());
            }
            if (paused.contains(partition)) {
                if (lane.isLow()) {
                    kafka.resume(Set.of(partition));
                } else if (!lane.isLeftAlone()) {
                    busy = true;
                }
            }
        }
        commitNowAndThen();
        ConsumerRecords<byte[], byte[]> records = kafka.poll(busy ? BUSY_POLL : POLL);
        for (TopicPartition partition : records.partitions()) {
            PartitionLane lane = lanes.get(partition);
            if (lane != null) {
                lane.offer(records.records(partition));
                if (lane.isFull()) {
                    kafka.pause(Set.of(partition));
                }
            }
        }
    }

    /** Whether some could not be started yet. */
    private boolean startLanes() {
        List<PartitionLane> waiting =
                lanes.values().stream().filter(lane -> !lane.isStarted()).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        Map<TopicPartition, OffsetAndMetadata> positions = kafka.committed(
                waiting.stream().map(PartitionLane::topicPartition).collect(Collectors.toSet()), ASK_COMMITTED);
        for (PartitionLane lane : waiting) {
            OffsetAndMetadata position = positions.get(lane.topicPartition());
            lane.start(position == null ? begin(lane.topicPartition()) : OptionalLong.of(position.offset()));
        }
        return true;
    }

    /** Recorded at once: who begins here again later must not begin later. */
    private OptionalLong begin(TopicPartition partition) {
        if (group.since() == null) {
            return OptionalLong.empty();
        }
        // The end comes first: what is written between both questions is behind it.
        Long end = kafka.endOffsets(List.of(partition), ASK_COMMITTED).get(partition);
        long millis = Math.max(0, group.since().get().toEpochMilli());
        OffsetAndTimestamp found =
                kafka.offsetsForTimes(Map.of(partition, millis), ASK_COMMITTED).get(partition);
        long offset = found == null ? Objects.requireNonNull(end) : found.offset();
        kafka.commitSync(Map.of(partition, new OffsetAndMetadata(offset)), ASK_COMMITTED);
        return OptionalLong.of(offset);
    }

    private void commitNowAndThen() {
        if (System.nanoTime() - lastCommit < BETWEEN_COMMITS.toNanos()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> progress = progressOf(lanes.values());
        if (!progress.isEmpty()) {
            lastCommit = System.nanoTime();
            kafka.commitAsync(progress, (positions, failure) -> {
                if (failure == null) {
                    positions.forEach((partition, position) -> committed.put(partition, position.offset()));
                } else {
                    LOG.debug("Positions were not recorded; they will be with the next", failure);
                }
            });
        }
    }

    /** The positions that lanes reached and the group does not know. */
    private Map<TopicPartition, OffsetAndMetadata> progressOf(Collection<PartitionLane> some) {
        Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
        for (PartitionLane lane : some) {
            OptionalLong done = lane.done();
            Long known = committed.get(lane.topicPartition());
            if (done.isPresent() && (known == null || known != done.getAsLong())) {
                progress.put(lane.topicPartition(), new OffsetAndMetadata(done.getAsLong()));
            }
        }
        return progress;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.info("Now working on {}", partitions);
        for (TopicPartition partition : partitions) {
            lanes.put(
                    partition,
                    new PartitionLane(
                            group.name(), partition, group.work().apply(partition), former.remove(partition)));
        }
        // Nothing is read before it is clear from where.
        kafka.pause(partitions);
        ready.complete(null);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        LOG.info("No longer working on {}", partitions);
        List<PartitionLane> ending = remove(partitions);
        finish(ending);
        Map<TopicPartition, OffsetAndMetadata> progress = progressOf(ending);
        partitions.forEach(committed::remove);
        try {
            commit(progress);
        } catch (KafkaException e) {
            LOG.warn("Positions were not recorded; what lies after them will be worked on again", e);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn("Others work on {} by now", partitions);
        remove(partitions).forEach(PartitionLane::stop);
        partitions.forEach(committed::remove);
    }

    private List<PartitionLane> remove(Collection<TopicPartition> partitions) {
        List<PartitionLane> removed = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            PartitionLane lane = lanes.remove(partition);
            if (lane != null) {
                removed.add(lane);
                former.put(partition, lane);
            }
        }
        return removed;
    }

    /** Ends the work and records how far it came, before leaving the group; that has its own short time. */
    private void finishAll() {
        finish(lanes.values());
        long deadline = System.nanoTime() + LAST_COMMIT.toNanos();
        while (true) {
            try {
                commit(progressOf(lanes.values()));
                return;
            } catch (RebalanceInProgressException e) {
                // Polling gets it over with; who takes partitions over is told where to begin.
                if (System.nanoTime() > deadline) {
                    LOG.warn("Positions were not recorded; what lies after them will be worked on again", e);
                    return;
                }
                int ignored = kafka.poll(BUSY_POLL).count();
                LOG.debug("Left {} records to the next worker", ignored);
            } catch (KafkaException e) {
                LOG.warn("Positions were not recorded; what lies after them will be worked on again", e);
                return;
            }
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> progress) {
        if (!progress.isEmpty()) {
            kafka.commitSync(progress, LAST_COMMIT);
        }
    }

    private static void finish(Collection<PartitionLane> ending) {
        ending.forEach(PartitionLane::stop);
        try {
            await(ending, FINISH);
            ending.forEach(PartitionLane::interrupt);
            await(ending, AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Collection<PartitionLane> ending, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (PartitionLane lane : ending) {
            lane.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private void pause() throws InterruptedException {
        boolean closed = closing.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Trying again, closed: {}", closed);
    }
}
