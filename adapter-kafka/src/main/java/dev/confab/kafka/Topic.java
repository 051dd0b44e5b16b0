package dev.confab.kafka;

import dev.confab.kafka.KafkaSettings.Partitions;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics, and how long each keeps its records. Commands must outlive the longest time that workers may stand still;
 * publications the longest pause of a gateway, which otherwise reads the database.
 */
enum Topic {
    COMMANDS("chat.messages.v1", Duration.ofDays(7)),
    PUBLICATIONS("chat.messages.persisted.v1", Duration.ofDays(1)),
    ROOM_EVENTS("chat.room-events.v1", Duration.ofDays(7)),
    READ_RECEIPTS("chat.read-receipts.v1", Duration.ofDays(1)),
    NOTIFICATIONS("chat.notifications.v1", Duration.ofDays(1)),
    DEAD_LETTERS("chat.messages.dlt.v1", Duration.ofDays(90));

    private final String baseName;
    private final Duration retention;

    Topic(String baseName, Duration retention) {
        this.baseName = baseName;
        this.retention = retention;
    }

    String name(KafkaSettings settings) {
        return settings.topicPrefix() + baseName;
    }

    int partitions(KafkaSettings settings) {
        Partitions numbers = settings.partitions();
        return switch (this) {
            case COMMANDS -> numbers.commands();
            case PUBLICATIONS -> numbers.publications();
            case ROOM_EVENTS -> numbers.roomEvents();
            case READ_RECEIPTS -> numbers.readReceipts();
            case NOTIFICATIONS -> numbers.notifications();
            case DEAD_LETTERS -> numbers.deadLetters();
        };
    }

    NewTopic toCreate(KafkaSettings settings) {
        return new NewTopic(name(settings), partitions(settings), (short) settings.replicationFactor())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(settings.minInSyncReplicas()),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false"));
    }
}
