package dev.confab.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of each client, with the reason where it is not Kafka's own choice. */
final class ClientConfigs {

    /** The group of the workers. */
    static final String WORKERS = "chat-persistor";

    /** The group of those who look who is to be told of messages. */
    static final String NOTIFIERS = "chat-notifier";

    /** The group of those who send notifications. */
    static final String NOTIFICATION_SENDERS = "chat-notification-sender";

    /** After this time it is unknown what became of a command. */
    static final Duration COMMAND_DELIVERY = Duration.ofSeconds(5);

    /** How long a publication is tried before its batch starts over. */
    static final Duration PUBLICATION_DELIVERY = Duration.ofSeconds(30);

    private ClientConfigs() {}

    static Map<String, Object> commandProducer(KafkaSettings settings) {
        Map<String, Object> config = producer(settings, "-commands");
        config.put(ProducerConfig.LINGER_MS_CONFIG, settings.linger().toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) COMMAND_DELIVERY.toMillis());
        // Twice within the delivery timeout, so that one silent connection does not decide.
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        return config;
    }

    static Map<String, Object> publicationProducer(KafkaSettings settings) {
        Map<String, Object> config = producer(settings, "-publications");
        // What belongs together is handed over together; waiting for more would only delay it.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PUBLICATION_DELIVERY.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return config;
    }

    private static Map<String, Object> producer(KafkaSettings settings, String suffix) {
        Map<String, Object> config = common(settings, suffix);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }

    /**
     * The classic group protocol: only there a member chooses its own session timeout (with the newer one the broker's
     * 45 s rule, and a group may not ask for less), and that decides how long a dead worker's rooms stand still.
     * Cooperative, so that the rooms of partitions that stay do not notice a rebalance.
     */
    static Map<String, Object> commandConsumer(KafkaSettings settings) {
        return groupConsumer(settings, "-commands", WORKERS);
    }

    /** See {@link #commandConsumer}. */
    static Map<String, Object> dueMessageConsumer(KafkaSettings settings) {
        return groupConsumer(settings, "-due-messages", NOTIFIERS);
    }

    /** See {@link #commandConsumer}. */
    static Map<String, Object> notificationConsumer(KafkaSettings settings) {
        return groupConsumer(settings, "-notifications", NOTIFICATION_SENDERS);
    }

    private static Map<String, Object> groupConsumer(KafkaSettings settings, String suffix, String group) {
        Map<String, Object> config = consumer(settings, suffix);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        // By its next heartbeat a worker learns that another came or left, so this too is time in which rooms wait.
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        // The polling thread never waits for work on a batch but when partitions are taken away, and then not long.
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 60_000);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        return config;
    }

    static Map<String, Object> publicationConsumer(KafkaSettings settings) {
        Map<String, Object> config = consumer(settings, "-publications");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return config;
    }

    /** In no group: a look at what lies there, which nobody shares. */
    static Map<String, Object> lookingConsumer(KafkaSettings settings) {
        Map<String, Object> config = consumer(settings, "-look");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        return config;
    }

    private static Map<String, Object> consumer(KafkaSettings settings, String suffix) {
        Map<String, Object> config = common(settings, suffix);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return config;
    }

    static Map<String, Object> admin(KafkaSettings settings) {
        Map<String, Object> config = common(settings, "-admin");
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        return config;
    }

    private static Map<String, Object> common(KafkaSettings settings, String suffix) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + suffix);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        // A broker that comes back is found within half a second.
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
        config.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000);
        // Often enough that connections are not closed for idleness.
        config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
        config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }
}
