package dev.confab.kafka;

import java.time.Duration;

/**
 * How to reach Kafka, and what the topics are like.
 *
 * @param bootstrapServers some brokers, as {@code host:port} with commas between
 * @param clientId how this node names itself to the brokers and in their logs
 * @param topicPrefix begins the name of every topic and group; empty in production
 * @param partitions how many partitions each topic has; part of the order by room, so never changed in place
 * @param replicationFactor brokers that hold each record; used when a topic is created
 * @param minInSyncReplicas brokers that must hold a record before it is acknowledged; used when a topic is created
 * @param linger how long a command may wait for others to travel with, 0 to 1 s
 */
public record KafkaSettings(
        String bootstrapServers,
        String clientId,
        String topicPrefix,
        Partitions partitions,
        int replicationFactor,
        int minInSyncReplicas,
        Duration linger) {

    private static final Duration LONGEST_LINGER = Duration.ofSeconds(1);

    /** How many partitions each topic has. */
    public record Partitions(
            int commands, int publications, int roomEvents, int readReceipts, int notifications, int deadLetters) {

        /** The numbers of a production installation. */
        public static final Partitions DEFAULT = new Partitions(6, 6, 3, 3, 3, 1);
    }

    public KafkaSettings {
        if (linger.isNegative() || linger.compareTo(LONGEST_LINGER) > 0) {
            throw new IllegalArgumentException("linger is 0 to " + LONGEST_LINGER + ", not " + linger);
        }
        if (minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("minInSyncReplicas is 1 to replicationFactor (" + replicationFactor
                    + "), not " + minInSyncReplicas);
        }
    }

    /** Three copies of each record, two of them before it is acknowledged: one broker may fail and nothing is lost. */
    public static KafkaSettings production(String bootstrapServers, String clientId) {
        return new KafkaSettings(bootstrapServers, clientId, "", Partitions.DEFAULT, 3, 2, Duration.ofMillis(1));
    }

    /** One copy of each record, for an installation with a single broker: its disk is all there is. */
    public static KafkaSettings singleBroker(String bootstrapServers, String clientId) {
        return new KafkaSettings(bootstrapServers, clientId, "", Partitions.DEFAULT, 1, 1, Duration.ofMillis(1));
    }

    /** The same with another beginning of all names, so that several installations share a cluster. */
    public KafkaSettings withTopicPrefix(String prefix) {
        return new KafkaSettings(
                bootstrapServers, clientId, prefix, partitions, replicationFactor, minInSyncReplicas, linger);
    }

    /** The same with other numbers of partitions. */
    public KafkaSettings withPartitions(Partitions numbers) {
        return new KafkaSettings(
                bootstrapServers, clientId, topicPrefix, numbers, replicationFactor, minInSyncReplicas, linger);
    }

    /** The same with another linger. */
    public KafkaSettings withLinger(Duration time) {
        return new KafkaSettings(
                bootstrapServers, clientId, topicPrefix, partitions, replicationFactor, minInSyncReplicas, time);
    }
}
