package dev.confab.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that share the partitions of a topic among them.
 *
 * @param name of threads, and in logs
 * @param config of its consumers
 * @param work what is done with a partition; asked each time that one is given to this node
 * @param since where a partition begins that the group never worked on: with what was written from then on; null where
 *     {@code work} decides by itself
 */
record WorkGroup(
        String name,
        Topic topic,
        Map<String, Object> config,
        Function<TopicPartition, PartitionWork> work,
        @Nullable Supplier<Instant> since) {}
