package dev.confab.kafka;

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

    /** After that long without a record the work is asked whether something was undone. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** With so many records waiting the partition is not read on, with that few it is again. */
    private static final int FULL = 1_000;

    private static final int LOW = 500;

    private final TopicPartition topicPartition;
    private final PartitionWork work;
    private final @Nullable PartitionLane former;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private OptionalLong committed = OptionalLong.empty();
    private OptionalLong seekTo = OptionalLong.empty();
    private OptionalLong done = OptionalLong.empty();
    private boolean reading;
    private boolean stopped;
    // Of the lane's own thread.
    private long position;
    private long farthest;

    /** A record that waits, and when it came, in the time of {@link System#nanoTime()}. */
    private record Arrival(ConsumerRecord<byte[], byte[]> record, long nanos) {}

    /**
     * @param name of the group
     * @param former the lane that had this partition before; its thread ends first, so that never two are at work
     */
    PartitionLane(String name, TopicPartition topicPartition, PartitionWork work, @Nullable PartitionLane former) {
        this.topicPartition = topicPartition;
        this.work = work;
        this.former = former;
        this.thread = Thread.ofPlatform()
                .name("confab-" + name + "-" + topicPartition.partition())
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
                long now = System.nanoTime();
                records.forEach(record -> waiting.add(new Arrival(record, now)));
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

    /** Whether there is nothing to do for now, because the time of the next record has not come. */
    boolean isLeftAlone() {
        return locked(() -> reading && !waiting.isEmpty() && untilDue() > 0);
    }

    /**
     * The farthest place behind which the group has nothing to do; empty before the first batch is done. While the work
     * is done again from an earlier place, because the store was restored from a copy, it stays where it was: another
     * worker that begins here must still find out.
     */
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
        farthest = Math.max(farthest, committed.orElse(0));
        OptionalLong start = insist(() -> work.startAt(committed));
        if (start.isPresent()) {
            readFrom(start.getAsLong());
            work();
        }
    }

    private void work() throws InterruptedException {
        for (List<ConsumerRecord<byte[], byte[]>> batch = next(); batch != null; batch = next()) {
            List<ConsumerRecord<byte[], byte[]>> records = batch;
            if (records.isEmpty()) {
                OptionalLong asked = insist(() -> work.idle(position));
                if (asked.isEmpty()) {
                    return;
                }
                if (asked.getAsLong() < position) {
                    LOG.info("{} is read again from {}", topicPartition, asked.getAsLong());
                    readFrom(asked.getAsLong());
                }
                continue;
            }
            long begin = beginOf(records);
            long end = records.getLast().offset() + 1;
            position = end;
            OptionalLong reached = insist(() -> work.handle(begin, records, end));
            if (reached.isEmpty()) {
                return;
            }
            if (reached.getAsLong() < end) {
                LOG.info("{} is read again from {}", topicPartition, reached.getAsLong());
                readFrom(reached.getAsLong());
            } else {
                farthest = Math.max(farthest, end);
                locked(() -> done = OptionalLong.of(farthest));
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

    /** Waits for records whose time has come; none when none came for some time. Null when the partition was taken away. */
    private @Nullable List<ConsumerRecord<byte[], byte[]>> next() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        lock.lock();
        try {
            long quietUntil = System.nanoTime() + IDLE.toNanos();
            while (!stopped) {
                long left = untilDue();
                if (left <= 0) {
                    do {
                        records.add(waiting.remove().record());
                    } while (records.size() < work.most() && untilDue() <= 0);
                    return records;
                }
                long quiet = quietUntil - System.nanoTime();
                if (waiting.isEmpty() && quiet <= 0) {
                    return records;
                }
                long unused = changed.awaitNanos(waiting.isEmpty() ? quiet : left);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** In nanoseconds; what is not there is never due. */
    private long untilDue() {
        Arrival first = waiting.peek();
        return first == null
                ? Long.MAX_VALUE
                : work.untilDue(first.record(), Duration.ofNanos(System.nanoTime() - first.nanos()))
                        .toNanos();
    }

    private long beginOf(List<ConsumerRecord<byte[], byte[]>> records) {
        long first = records.getFirst().offset();
        if (first < position) {
            LOG.warn("{} ends before {}: it lost records; reading on from {}", topicPartition, position, first);
            farthest = first;
            return first;
        }
        return position;
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
