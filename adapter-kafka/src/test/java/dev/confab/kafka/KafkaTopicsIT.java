package dev.confab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.kafka.KafkaSettings.Partitions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class KafkaTopicsIT {

    private final KafkaSettings settings = RawKafka.newSettings();

    @Test
    void missingTopicsAreMadeAndThoseThatAreThereAreUsed() throws Exception {
        RawKafka.open(settings).close();
        RawKafka.open(settings).close();
        try (Admin admin = RawKafka.admin(settings)) {
            Map<String, TopicDescription> topics = admin.describeTopics(Arrays.stream(Topic.values())
                            .map(topic -> topic.name(settings))
                            .toList())
                    .allTopicNames()
                    .get();
            assertThat(topics.values().stream()
                            .collect(Collectors.toMap(
                                    topic -> topic.name()
                                            .substring(settings.topicPrefix().length()),
                                    topic -> topic.partitions().size())))
                    .isEqualTo(Map.of(
                            "chat.messages.v1", 6,
                            "chat.messages.persisted.v1", 6,
                            "chat.room-events.v1", 3,
                            "chat.read-receipts.v1", 3,
                            "chat.notifications.v1", 3,
                            "chat.messages.dlt.v1", 1));
        }
    }

    @Test
    void madeTopicsStateHowLongTheyKeepRecordsAndHowManyBrokersHoldThem() throws Exception {
        RawKafka.open(settings).close();
        ConfigResource commands = new ConfigResource(ConfigResource.Type.TOPIC, Topic.COMMANDS.name(settings));
        try (Admin admin = RawKafka.admin(settings)) {
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(commands)).all().get().get(commands));
            assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value())
                    .isEqualTo(Long.toString(7L * 24 * 60 * 60 * 1000));
            assertThat(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value())
                    .isEqualTo("1");
            assertThat(config.get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG)
                            .value())
                    .isEqualTo("false");
        }
    }

    @Test
    void topicWithAnotherNumberOfPartitionsStopsTheStart() throws Exception {
        String name = Topic.READ_RECEIPTS.name(settings);
        try (Admin admin = RawKafka.admin(settings)) {
            admin.createTopics(List.of(new NewTopic(name, 5, (short) 1))).all().get();
        }
        assertThatThrownBy(() -> RawKafka.open(settings)).isInstanceOfSatisfying(PartitionCountException.class, e -> {
            assertThat(e.topic()).isEqualTo(name);
            assertThat(e.found()).isEqualTo(5);
            assertThat(e.expected()).isEqualTo(3);
            assertThat(e).hasMessageContaining(name + " has 5 partitions, expected 3");
        });
    }

    @Test
    void nodesThatStartTogetherDoNotDisturbEachOther() {
        List<KafkaEventBus> buses = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> RawKafka.open(new KafkaSettings(
                        settings.bootstrapServers(),
                        settings.clientId() + i,
                        settings.topicPrefix(),
                        Partitions.DEFAULT,
                        1,
                        1,
                        settings.linger())))
                .toList();
        buses.forEach(bus -> {
            bus.check();
            bus.close();
        });
    }

    @Test
    void moreCopiesThanThereAreBrokersStopTheStartWithAReason() {
        KafkaSettings production = KafkaSettings.production(settings.bootstrapServers(), settings.clientId())
                .withTopicPrefix(settings.topicPrefix());
        assertThatThrownBy(() -> RawKafka.open(production))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("replication factor");
    }
}
