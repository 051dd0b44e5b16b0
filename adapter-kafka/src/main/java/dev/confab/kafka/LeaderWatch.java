package dev.confab.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/** Asks the cluster, while it is in doubt, which partitions of the command log have a leader. */
final class LeaderWatch {

    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int ANSWER_WITHIN_MILLIS = 1_000;

    private final Admin admin;
    private final String topic;
    private final List<PartitionGate> gates;
    private final AtomicBoolean asking = new AtomicBoolean();
    private long lastAsked = System.nanoTime() - BETWEEN.toNanos();

    LeaderWatch(Admin admin, String topic, List<PartitionGate> gates) {
        this.admin = admin;
        this.topic = topic;
        this.gates = gates;
    }

    /** Asks unless it asked just now. Does not wait. Called by one thread. */
    void ask(long now) {
        if (now - lastAsked < BETWEEN.toNanos() || !asking.compareAndSet(false, true)) {
            return;
        }
        lastAsked = now;
        KafkaFuture<Void> unused = admin.describeTopics(
                        List.of(topic), new DescribeTopicsOptions().timeoutMs(ANSWER_WITHIN_MILLIS))
                .allTopicNames()
                .thenApply(this::answered)
                .whenComplete((nothing, failure) -> asking.set(false));
    }

    private @Nullable Void answered(Map<String, TopicDescription> descriptions) {
        TopicDescription description = Objects.requireNonNull(descriptions.get(topic));
        long now = System.nanoTime();
        for (TopicPartitionInfo partition : description.partitions()) {
            boolean led = partition.leader() != null && !partition.leader().isEmpty();
            if (led && partition.partition() < gates.size()) {
                gates.get(partition.partition()).leaderSeen(now);
            }
        }
        return null;
    }
}
