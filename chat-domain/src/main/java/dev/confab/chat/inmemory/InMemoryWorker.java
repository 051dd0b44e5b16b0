package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One worker: a virtual thread for each partition, most of which wait for a partition that is another worker's. */
final class InMemoryWorker implements Subscription {

    private static final System.Logger LOG = System.getLogger(InMemoryWorker.class.getName());
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final InMemoryBroker broker;
    private final EventBus.CommandConsumer consumer;
    private final StoppableThreads threads = new StoppableThreads();
    private volatile boolean closed;

    private InMemoryWorker(InMemoryBroker broker, EventBus.CommandConsumer consumer) {
        this.broker = broker;
        this.consumer = consumer;
    }

    static InMemoryWorker start(InMemoryBroker broker, EventBus.CommandConsumer consumer) {
        InMemoryWorker worker = new InMemoryWorker(broker, consumer);
        broker.join(worker);
        List<InMemoryPartition> partitions = broker.partitions();
        for (InMemoryPartition partition : partitions) {
            worker.threads.start("confab-commands-" + partition.name().number(), () -> worker.run(partition));
        }
        return worker;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed = true;
        broker.leave(this);
        broker.partitions().forEach(InMemoryPartition::wake);
        threads.stop();
    }

    private void run(InMemoryPartition partition) {
        try {
            while (partition.claim(this)) {
                try {
                    work(partition);
                } finally {
                    partition.release();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(InMemoryPartition partition) throws InterruptedException {
        Long start = insist(partition, () -> consumer.startAt(partition.name(), partition.committed()));
        if (start == null) {
            return;
        }
        long position = start;
        for (CommandBatch batch = partition.read(this, position);
                batch != null;
                batch = partition.read(this, position)) {
            CommandBatch present = batch;
            boolean idle = present.entries().isEmpty();
            long here = position;
            Long next =
                    insist(partition, () -> idle ? consumer.idle(partition.name(), here) : consumer.handle(present));
            if (next == null) {
                return;
            }
            if (idle) {
                position = Math.min(next, here);
                continue;
            }
            position = Math.min(next, batch.nextPosition());
            if (position == batch.nextPosition()) {
                partition.commit(position);
            }
        }
    }

    /** Calls again and again until it succeeds; null when the partition was taken away before it did. */
    private @Nullable Long insist(InMemoryPartition partition, LongSupplier call) throws InterruptedException {
        Duration backoff = FIRST_BACKOFF;
        while (true) {
            try {
                return call.getAsLong();
            } catch (RuntimeException | Error failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Work on " + partition.name() + " failed and is tried again in " + backoff.toMillis() + " ms",
                        failure);
                if (!partition.pause(this, backoff)) {
                    return null;
                }
                backoff = backoff.multipliedBy(2);
                if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
                    backoff = LONGEST_BACKOFF;
                }
            }
        }
    }
}
