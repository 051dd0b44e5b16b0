package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.chat.model.ServerId;
import dev.confab.jdbi.JdbiSettings;
import dev.confab.jdbi.JdbiStores;
import dev.confab.kafka.KafkaEventBus;
import dev.confab.kafka.KafkaSettings;
import dev.confab.netty.health.HealthCheck;
import dev.confab.redis.RedisAdapters;
import dev.confab.redis.RedisSettings;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** Keeps everything in PostgreSQL, Kafka and Redis. */
final class ExternalBackends {

    private ExternalBackends() {}

    static Backends open(Backend.External config, ServerId serverId, Clock clock, RandomGenerator ids) {
        Closing closing = new Closing();
        try {
            JdbiStores stores = closing.add(openStores(config.database(), clock, ids));
            KafkaEventBus bus = closing.add(openBus(config, serverId, clock));
            RedisAdapters redis = closing.add(
                    RedisAdapters.open(new RedisSettings(config.redisUrl(), config.namespace(), serverId), clock));
            return new Backends(
                    stores.messageLog(),
                    bus,
                    bus.notifications(),
                    stores.rooms(),
                    stores.users(),
                    stores.logins(),
                    stores.readMarkers(),
                    stores.notifications(),
                    stores.messageSearch(),
                    stores.outbox(),
                    stores.retention(),
                    bus.deadLetters(),
                    stores.deadLetterStates(),
                    bus.backlog(),
                    redis.presence(),
                    redis.signals(),
                    redis.revocations(),
                    redis.limits(),
                    List.of(
                            HealthCheck.required("database", stores.messageLog()::check),
                            HealthCheck.optional("redis", redis::check),
                            HealthCheck.required("kafka", bus::check)),
                    closing);
        } catch (RuntimeException fault) {
            closing.close();
            throw fault;
        }
    }

    static KafkaEventBus openBus(Backend.External config, ServerId serverId, Clock clock) {
        return KafkaEventBus.open(
                new KafkaSettings(
                        config.kafkaBrokers(),
                        serverId.value(),
                        config.namespace(),
                        KafkaSettings.Partitions.DEFAULT,
                        config.kafkaReplication(),
                        config.kafkaMinInSync(),
                        config.kafkaLinger()),
                clock);
    }

    static JdbiStores openStores(Backend.Database config, Clock clock, RandomGenerator ids) {
        return JdbiStores.open(
                new JdbiSettings(config.url(), config.user(), config.password(), config.pool()), clock, ids);
    }
}
