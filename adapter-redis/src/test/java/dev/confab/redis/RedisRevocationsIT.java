package dev.confab.redis;

import dev.confab.chat.port.out.Revocations;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.MutableClock;
import dev.confab.testkit.RevocationsContract;
import org.junit.jupiter.api.AfterEach;

class RedisRevocationsIT implements RevocationsContract.SingleServer, RevocationsContract.TwoServers {

    private final RedisServers servers = new RedisServers(SharedStack.get().newRedisDatabase());

    @Override
    public Revocations startServer() {
        return servers.start().revocations();
    }

    @Override
    public MutableClock clock() {
        return servers.clock();
    }

    @AfterEach
    void stop() {
        servers.close();
    }
}
