package dev.confab.redis;

import dev.confab.chat.port.out.Presence;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.PresenceContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class RedisPresenceIT implements PresenceContract {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

    private final RedisServers servers = new RedisServers(SharedStack.get().newRedisDatabase());
    private final Presence bystander = servers.start().presence();

    @Override
    public Presence startServer() {
        return servers.start().presence();
    }

    /** In steps, in each of which some server speaks: a time in which none does would be an outage. */
    @Override
    public void letTimePass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(BETWEEN_SWEEPS)) {
            servers.moveAhead(left.compareTo(BETWEEN_SWEEPS) < 0 ? left : BETWEEN_SWEEPS);
            bystander.heartbeat(List.of());
        }
    }

    @AfterEach
    void stop() {
        servers.close();
    }
}
