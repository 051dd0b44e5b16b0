package dev.confab.chat.port.out;

import dev.confab.chat.model.ServerId;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What runs chat: time, chance and threads, passed in so that tests can rule them.
 *
 * @param random must be safe on any thread and, outside tests, cryptographically strong: it makes tokens
 * @param ids makes the ids that follow work through its logs, one for each message; must be safe on any thread, and
 *     quick rather than strong
 * @param blocking runs calls that block; bounds how many run at once
 * @param timer runs short tasks later; must not be blocked
 * @param serverId what this server calls itself to operators
 */
public record ChatRuntime(
        Clock clock,
        RandomGenerator random,
        RandomGenerator ids,
        Executor blocking,
        ScheduledExecutorService timer,
        ServerId serverId) {

    /** A server without a name of its own. */
    public ChatRuntime(
            Clock clock,
            RandomGenerator random,
            RandomGenerator ids,
            Executor blocking,
            ScheduledExecutorService timer) {
        this(clock, random, ids, blocking, timer, new ServerId("unnamed"));
    }
}
