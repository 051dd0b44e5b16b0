package dev.confab.kafka;

import dev.confab.chat.port.out.BusUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing and looks at those that are there. */
final class TopicSetup {

    /** How long the cluster may take to answer and to make what it was asked to make. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final Admin admin;
    private final KafkaSettings settings;

    TopicSetup(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Returns once all topics are there and fit.
     *
     * @throws PartitionCountException when one does not fit
     * @throws BusUnavailableException when the cluster does not answer in time, or refuses
     */
    void run() {
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            List<Topic> missing = missing();
            while (!missing.isEmpty()) {
                create(missing);
                missing = missing();
                if (!missing.isEmpty()) {
                    if (System.nanoTime() > deadline) {
                        throw new BusUnavailableException("Kafka at " + settings.bootstrapServers()
                                + " did not make these topics in time: "
                                + missing.stream()
                                        .map(topic -> topic.name(settings))
                                        .toList());
                    }
                    pause();
                }
            }
            awaitLeaders(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while looking at the topics of Kafka", e);
        } catch (ExecutionException e) {
            throw new BusUnavailableException(
                    "Kafka at " + settings.bootstrapServers() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * A partition that was just made takes records a moment after it is visible. A producer that is refused meanwhile may
     * be stuck with its batch until that times out, so nothing is sent before every leader has answered.
     */
    private void awaitLeaders(long deadline) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic topic : Topic.values()) {
            for (int partition = 0; partition < topic.partitions(settings); partition++) {
                ends.put(new TopicPartition(topic.name(settings), partition), OffsetSpec.latest());
            }
        }
        try {
            var answered =
                    admin.listOffsets(ends).all().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            assert answered.size() == ends.size();
        } catch (TimeoutException e) {
            throw new BusUnavailableException(
                    "Kafka at " + settings.bootstrapServers() + " has partitions without a leader", e);
        }
    }

    /** A topic is made visible a moment after it was made. */
    private static void pause() throws InterruptedException {
        boolean never = new CountDownLatch(1).await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        assert !never;
    }

    private List<Topic> missing() throws InterruptedException, ExecutionException {
        Map<String, KafkaFuture<TopicDescription>> descriptions = admin.describeTopics(Arrays.stream(Topic.values())
                        .map(topic -> topic.name(settings))
                        .toList())
                .topicNameValues();
        List<Topic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = topic.name(settings);
            try {
                int found = Objects.requireNonNull(descriptions.get(name))
                        .get()
                        .partitions()
                        .size();
                if (found != topic.partitions(settings)) {
                    throw new PartitionCountException(name, found, topic.partitions(settings));
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic);
            }
        }
        return missing;
    }

    /** Another node may do the same at the same time. */
    private void create(List<Topic> topics) throws InterruptedException, ExecutionException {
        Map<String, KafkaFuture<Void>> creations = new HashMap<>(admin.createTopics(
                        topics.stream().map(topic -> topic.toCreate(settings)).toList())
                .values());
        for (KafkaFuture<Void> creation : creations.values()) {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
