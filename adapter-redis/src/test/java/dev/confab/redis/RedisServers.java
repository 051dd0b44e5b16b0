package dev.confab.redis;

import dev.confab.chat.model.ServerId;
import dev.confab.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Servers that share one Redis and one prefix which no other test has. Used by one test at a time. */
final class RedisServers implements AutoCloseable {

    private final URI uri;
    private final String prefix = "test-" + UUID.randomUUID() + ":";
    private final MutableClock clock = new MutableClock();
    private final List<RedisAdapters> opened = new ArrayList<>();
    private volatile Duration ahead = Duration.ZERO;

    RedisServers(String uri) {
        this.uri = URI.create(uri);
    }

    RedisAdapters start() {
        ServerId serverId = new ServerId("server-" + (opened.size() + 1));
        RedisAdapters adapters = RedisAdapters.open(new RedisSettings(uri, prefix, serverId), clock, () -> ahead);
        opened.add(adapters);
        return adapters;
    }

    MutableClock clock() {
        return clock;
    }

    URI uri() {
        return uri;
    }

    String prefix() {
        return prefix;
    }

    /** Moves presence ahead of the clock of Redis. */
    void moveAhead(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public void close() {
        opened.forEach(RedisAdapters::close);
    }
}
