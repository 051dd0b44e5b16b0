package dev.confab.redis;

import dev.confab.chat.port.out.LimitsUnavailableException;
import dev.confab.chat.port.out.SharedLimits;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/** Token buckets as {@code limits.lua} keeps them. Safe on any thread. */
final class RedisSharedLimits implements SharedLimits {

    private static final LuaScript SCRIPT = LuaScript.named("limits.lua");
    private static final int ARGUMENTS = 4;
    /** Redis serves nobody else while a script runs, so that none may be long. */
    private static final int MOST_AT_ONCE = 200;

    private final RedisConnections connections;
    private final String prefix;

    RedisSharedLimits(RedisConnections connections, String prefix) {
        this.connections = connections;
        this.prefix = prefix;
    }

    @Override
    public List<Duration> charge(List<Use> uses) {
        List<Duration> answers = new ArrayList<>(uses.size());
        for (int i = 0; i < uses.size(); i += MOST_AT_ONCE) {
            answers.addAll(run("charge", uses.subList(i, Math.min(uses.size(), i + MOST_AT_ONCE))));
        }
        return answers;
    }

    @Override
    public Duration take(Bucket bucket) {
        return run("take", List.of(new Use(bucket, 1))).getFirst();
    }

    private List<Duration> run(String operation, List<Use> uses) {
        List<String> arguments = new ArrayList<>(2 + ARGUMENTS * uses.size());
        arguments.add(operation);
        arguments.add(prefix);
        for (Use use : uses) {
            arguments.add(use.bucket().name());
            arguments.add(String.valueOf(micros(use.bucket().perToken())));
            arguments.add(String.valueOf(use.bucket().burst()));
            arguments.add(String.valueOf(use.tokens()));
        }
        try {
            List<?> answers = (List<?>) connections.call(connection -> SCRIPT.run(connection, arguments));
            return answers.stream()
                    .map(answer -> Duration.of(Long.parseLong((String) answer), ChronoUnit.MICROS))
                    .toList();
        } catch (JedisException e) {
            throw new LimitsUnavailableException("The shared limits do not answer: " + e.getMessage(), e);
        }
    }

    private static long micros(Duration duration) {
        return Math.max(1, duration.toNanos() / 1_000);
    }
}
