package dev.confab.redis;

import dev.confab.chat.port.out.Signals;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.SignalsContract;
import org.junit.jupiter.api.AfterEach;

class RedisSignalsIT implements SignalsContract.SingleServer, SignalsContract.TwoServers {

    private final RedisServers servers = new RedisServers(SharedStack.get().redisUri());

    @Override
    public Signals startServer() {
        return servers.start().signals();
    }

    @AfterEach
    void stop() {
        servers.close();
    }
}
