package dev.confab.redis;

import dev.confab.chat.port.out.SharedLimits;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.SharedLimitsContract;
import org.junit.jupiter.api.AfterEach;

class RedisSharedLimitsIT implements SharedLimitsContract {

    private final RedisServers servers = new RedisServers(SharedStack.get().redisUri());
    private final SharedLimits here = servers.start().limits();
    private final SharedLimits elsewhere = servers.start().limits();

    @Override
    public SharedLimits here() {
        return here;
    }

    @Override
    public SharedLimits elsewhere() {
        return elsewhere;
    }

    @AfterEach
    void stop() {
        servers.close();
    }
}
