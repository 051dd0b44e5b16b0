package dev.confab.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.SessionId;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** G14: Pub/Sub delivers at most once, so ended logins must not depend on it. */
class LostMessageIT {

    private final RedisServers servers = new RedisServers(SharedStack.get().newRedisDatabase());

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void endedLoginIsKnownWithinASecondWhenItsMessageWasLost() {
        RedisAdapters server = servers.start();
        Heard<SessionId> heard = new Heard<>();
        server.revocations().onRevoked(heard);
        List<SessionId> logins = List.of(SessionId.random(), SessionId.random(), SessionId.random());
        try (RedisClient redis = RedisClient.create(servers.uri())) {
            double place = 0;
            for (SessionId login : logins) {
                // What a server writes, without what it publishes.
                Instant until = servers.clock().instant().plus(Duration.ofHours(1));
                redis.set(servers.prefix() + "revoked:" + login, String.valueOf(until.toEpochMilli()));
                redis.zadd(servers.prefix() + "revoked", ++place, login.toString());
                Eventually.holdsWithin(
                        Duration.ofSeconds(1),
                        () -> assertThat(server.revocations().isRevoked(login)).isTrue());
            }
        }
        assertThat(heard.take(3)).isEqualTo(logins);
    }

    @Test
    void endedLoginsWhoseTokensExpiredLeaveNothingBehind() {
        RedisAdapters server = servers.start();
        try (RedisClient redis = RedisClient.create(servers.uri())) {
            String order = servers.prefix() + "revoked";
            for (int i = 0; i < 50; i++) {
                redis.zadd(order, i + 1, SessionId.random().toString());
            }
            SessionId login = SessionId.random();
            server.revocations().revoke(login, servers.clock().instant().plus(Duration.ofHours(1)));
            Eventually.holds(() -> assertThat(redis.zrange(order, 0, -1)).containsExactly(login.toString()));
            assertThat(redis.pttl(servers.prefix() + "revoked:" + login)).isBetween(3_600_000L, 3_660_000L);
        }
    }
}
