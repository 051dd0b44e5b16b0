package dev.confab.kafka;

import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus.CommandConsumer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on one partition while it belongs to this worker: a thread that takes the records which the polling thread
 * brings, a batch at a time. The polling thread never waits for it, but when the partition is taken away.
 */
final class PartitionLane {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionLane.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    /** Records of one batch at most. */
    private static final int BATCH = 1_000;

    /** With so many records waiting the partition is not read on, with that few it is again. */
    private static final int FULL = 1_000;

    private static final int LOW = 500;

    private final TopicPartition topicPartition;
    private final CommandPartition partition;
    private final CommandConsumer consumer;
    private final @Nullable PartitionLane former;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private OptionalLong committed = OptionalLong.empty();
    private OptionalLong seekTo = OptionalLong.empty();
    private OptionalLong done = OptionalLong.empty();
    private boolean reading;
    private boolean stopped;
    // Of the lane's own thread.
    private long position;

    /**
     * @param former the lane that had this partition before; its thread ends first, so that never two are at work
     */
    PartitionLane(TopicPartition topicPartition, CommandConsumer consumer, @Nullable PartitionLane former) {
        this.topicPartition = topicPartition;
        this.partition = new CommandPartition(topicPartition.topic(), topicPartition.partition());
        this.consumer = consumer;
        this.former = former;
        this.thread = Thread.ofPlatform()
                .name("confab-commands-" + topicPartition.partition())
                .daemon()
                .unstarted(this::run);
    }

    TopicPartition topicPartition() {
        return topicPartition;
    }

    /**
     * @param position where the group was last known to be
     */
    void start(OptionalLong position) {
        committed = position;
        thread.start();
    }

    boolean isStarted() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Where the partition is to be read on; asked once for each time that it changes. */
    OptionalLong takeSeek() {
        return locked(() -> {
            OptionalLong asked = seekTo;
            seekTo = OptionalLong.empty();
            reading |= asked.isPresent();
            return asked;
        });
    }

    /** Records that follow on those of the last call; dropped when another place was asked for meanwhile. */
    void offer(List<ConsumerRecord<byte[], byte[]>> records) {
        lock.lock();
        try {
            if (reading && !stopped) {
                waiting.addAll(records);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        return locked(() -> !reading || waiting.size() >= FULL);
    }

    boolean isLow() {
        return locked(() -> reading && waiting.size() <= LOW);
    }

    /** Where the group may read on; empty before the first batch is done. */
    OptionalLong done() {
        return locked(() -> done);
    }

    /** Begins nothing more. The batch under way goes on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            reading = false;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the batch under way after {@link #stop()}. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (isStarted()) {
            boolean ended = thread.join(patience);
            LOG.debug("The work on {} ended: {}", topicPartition, ended);
        }
    }

    /** Interrupts the batch under way, if there still is one. */
    void interrupt() {
        if (thread.isAlive()) {
            LOG.warn("{} is taken away while a batch is under way; it will be worked on again", topicPartition);
            thread.interrupt();
        }
    }

    private void run() {
        try {
            if (former != null && former.isStarted()) {
                former.thread.join();
            }
            do {
                try {
                    beginAndWork();
                } catch (RuntimeException | Error e) {
                    LOG.error("The work on {} failed by a bug and begins anew", topicPartition, e);
                }
            } while (pause(LONGEST_BACKOFF));
        } catch (InterruptedException e) {
            LOG.debug("The work on {} was interrupted", topicPartition);
        }
    }

    /** Returns when the partition was taken away. */
    private void beginAndWork() throws InterruptedException {
        OptionalLong start = insist(() -> consumer.startAt(partition, committed));
        if (start.isPresent()) {
            readFrom(start.getAsLong());
            work();
        }
    }

    private void work() throws InterruptedException {
        for (CommandBatch batch = next(); batch != null; batch = next()) {
            CommandBatch present = batch;
            OptionalLong reached = insist(() -> consumer.handle(present));
            if (reached.isEmpty()) {
                return;
            }
            if (reached.getAsLong() < batch.nextPosition()) {
                LOG.info("{} is read again from {}", topicPartition, reached.getAsLong());
                readFrom(reached.getAsLong());
            } else {
                long end = batch.nextPosition();
                locked(() -> done = OptionalLong.of(end));
            }
        }
    }

    private void readFrom(long place) {
        position = place;
        lock.lock();
        try {
            reading = false;
            waiting.clear();
            seekTo = OptionalLong.of(place);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for records. Null when the partition was taken away. */
    private @Nullable CommandBatch next() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        lock.lock();
        try {
            while (waiting.isEmpty() && !stopped) {
                changed.await();
            }
            if (stopped) {
                return null;
            }
            while (records.size() < BATCH && !waiting.isEmpty()) {
                records.add(waiting.poll());
            }
        } finally {
            lock.unlock();
        }
        return batchOf(records);
    }

    private CommandBatch batchOf(List<ConsumerRecord<byte[], byte[]>> records) {
        long first = records.getFirst().offset();
        long begin = position;
        if (first < begin) {
            LOG.warn("{} ends before {}: it lost records; reading on from {}", topicPartition, begin, first);
            begin = first;
        }
        List<CommandBatch.Entry> entries = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            entries.add(CommandDecoder.decode(partition, record));
        }
        position = records.getLast().offset() + 1;
        return new CommandBatch(partition, begin, List.copyOf(entries), position);
    }

    /** Calls again and again until it succeeds; empty when the partition was taken away before it did. */
    private OptionalLong insist(LongSupplier call) throws InterruptedException {
        Duration backoff = FIRST_BACKOFF;
        while (true) {
            try {
                return OptionalLong.of(call.getAsLong());
            } catch (RuntimeException | Error failure) {
                complain(backoff, failure);
            }
            if (!pause(backoff)) {
                return OptionalLong.empty();
            }
            backoff =
                    backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) < 0 ? backoff.multipliedBy(2) : LONGEST_BACKOFF;
        }
    }

    /** With its trace the first time only: an outage may last, and each partition complains. */
    private void complain(Duration backoff, Throwable failure) {
        if (backoff.equals(FIRST_BACKOFF)) {
            LOG.warn("Work on {} failed and is tried again", topicPartition, failure);
        } else {
            LOG.warn("Work on {} failed again: {}", topicPartition, failure.toString());
        }
    }

    /** False, at once, when the partition was taken away. */
    private boolean pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !stopped) {
                left = changed.awaitNanos(left);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
