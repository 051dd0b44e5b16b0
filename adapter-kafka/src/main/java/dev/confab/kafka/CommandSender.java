package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.port.out.EventBus.Submission;
import dev.confab.kafka.PartitionGate.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands. Submitters put them into a bounded queue; one thread takes them out in order, encodes them and hands
 * them to the producer, which may block. Within {@link PartitionGate#PATIENCE} of its submission a command was handed over
 * or is refused.
 */
final class CommandSender {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSender.class);
    private static final int QUEUE = 16_384;
    private static final int AT_ONCE = 512;
    private static final long IDLE_MILLIS = 100;
    private static final long HOLD_MILLIS = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Metric connections;
    private final String topic;
    private final List<PartitionGate> gates;
    private final LeaderWatch leaders;
    private final BlockingQueue<PendingCommand> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private boolean connected;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean stopped;

    CommandSender(KafkaSettings settings, Admin admin) {
        topic = Topic.COMMANDS.name(settings);
        gates = IntStream.range(0, Topic.COMMANDS.partitions(settings))
                .mapToObj(partition -> new PartitionGate())
                .toList();
        leaders = new LeaderWatch(admin, topic, gates);
        producer = new KafkaProducer<>(ClientConfigs.commandProducer(settings));
        connections = producer.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("connection-count"))
                .findFirst()
                .orElseThrow()
                .getValue();
        thread = Thread.ofPlatform().name("confab-command-sender").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    CompletionStage<Submission> submit(Command command) {
        PendingCommand pending = new PendingCommand(command, System.nanoTime());
        if (isClosing() || !queue.offer(pending)) {
            return CompletableFuture.completedFuture(Submission.UNAVAILABLE);
        }
        if (stopped) {
            refuseAll();
        }
        return pending;
    }

    private void run() {
        List<PendingCommand> taken = new ArrayList<>(AT_ONCE);
        try {
            warmUp();
            while (!isClosing() || !queue.isEmpty()) {
                PendingCommand first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                taken.add(first);
                queue.drainTo(taken, AT_ONCE - 1);
                connected = isConnected();
                for (PendingCommand pending : taken) {
                    send(pending);
                }
                taken.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("The sender of commands was told to hurry");
        } finally {
            stopped = true;
            taken.forEach(pending -> pending.complete(Submission.UNAVAILABLE));
            refuseAll();
        }
    }

    /** So that the first command need not wait for the topic's metadata. */
    private void warmUp() {
        try {
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            LOG.debug("Kafka has not answered yet", e);
        }
    }

    private void send(PendingCommand pending) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record;
        try {
            record = Records.of(topic, gates.size(), pending.command());
        } catch (RuntimeException e) {
            LOG.error("A command cannot be encoded", e);
            pending.complete(Submission.UNAVAILABLE);
            return;
        }
        PartitionGate gate = gates.get(record.partition());
        while (!sendOrRefuse(pending, record, gate)) {
            boolean hurry = closing.await(HOLD_MILLIS, TimeUnit.MILLISECONDS);
            LOG.trace("Holding a command back, closing: {}", hurry);
            connected = isConnected();
        }
    }

    /** False when it was neither, and is to be tried again. */
    private boolean sendOrRefuse(PendingCommand pending, ProducerRecord<byte[], byte[]> record, PartitionGate gate) {
        long now = System.nanoTime();
        Verdict verdict = gate.verdict(connected, now);
        if (gate.isSuspect()) {
            leaders.ask(now);
        }
        boolean late = now - pending.submittedAt() > PartitionGate.PATIENCE.toNanos();
        if (verdict == Verdict.REFUSE || late || (verdict == Verdict.HOLD && isClosing())) {
            pending.complete(Submission.UNAVAILABLE);
            return true;
        }
        return verdict == Verdict.SEND && handOver(pending, record, gate, now);
    }

    /** False when the producer did not take it, which may pass. */
    private boolean handOver(
            PendingCommand pending, ProducerRecord<byte[], byte[]> record, PartitionGate gate, long now) {
        Exception refusal;
        pending.begin(gate);
        gate.handOver(now);
        try {
            Future<RecordMetadata> unused = producer.send(record, pending);
            refusal = pending.end();
        } catch (RuntimeException e) {
            pending.end();
            refusal = e;
        }
        if (refusal == null) {
            return true;
        }
        gate.takeBack();
        if (refusal instanceof TimeoutException) { // no metadata, or its buffer is full
            return false;
        }
        LOG.warn("The producer refused a command", refusal);
        pending.complete(Submission.UNAVAILABLE);
        return true;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean isConnected() {
        return ((Number) connections.metricValue()).doubleValue() > 0;
    }

    private void refuseAll() {
        for (PendingCommand left = queue.poll(); left != null; left = queue.poll()) {
            left.complete(Submission.UNAVAILABLE);
        }
    }

    /** Sends what was submitted, and waits for its answers as long as there is time. */
    void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        closing.countDown();
        try {
            if (!thread.join(patience.dividedBy(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
}
