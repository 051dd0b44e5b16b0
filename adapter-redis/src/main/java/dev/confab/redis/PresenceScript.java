package dev.confab.redis;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Stay;
import dev.confab.redis.PresenceEndings.Untold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Puts the calls of {@code presence.lua} into words. Safe on any thread. */
final class PresenceScript {

    // A script holds up all of Redis while it runs: 5,000 arguments are a few ms.
    private static final int MOST_ARGUMENTS = 5_000;

    private static final LuaScript SCRIPT = LuaScript.named("presence.lua");

    private final RedisConnections connections;
    private final String prefix;
    private final ServerId server;
    private final Supplier<Duration> ahead;

    /**
     * @param ahead how far this presence is ahead of the clock of Redis
     */
    PresenceScript(RedisConnections connections, String prefix, ServerId server, Supplier<Duration> ahead) {
        this.connections = connections;
        this.prefix = prefix;
        this.server = server;
        this.ahead = ahead;
    }

    Object run(String operation, List<String> arguments) {
        List<String> all = begin(operation, Presence.SILENCE);
        all.addAll(arguments);
        return connections.call(connection -> SCRIPT.run(connection, all));
    }

    void ping() {
        connections.ping();
    }

    /** Leaves this server's connections no more than the time to return; gives how many were changed. */
    long handOver(int most) {
        List<String> all = begin("hand_over", Presence.RETURN_TIME);
        all.add(String.valueOf(most));
        return (Long) connections.call(connection -> SCRIPT.run(connection, all));
    }

    /**
     * What a heartbeat was answered.
     *
     * @param told the answers to what was not told before, each in its place
     * @param comebacks a user and rooms, for each who was swept and lives
     */
    record Heard(List<Object> told, List<Object> comebacks) {}

    /** Tells what was not told and refreshes what lasts, all in one batch. */
    Heard heartbeat(List<Untold> untold, Collection<Stay> stays) {
        List<List<String>> calls = new ArrayList<>();
        for (Untold ending : untold) {
            calls.add(words(ending));
        }
        calls.addAll(heartbeats(stays));
        List<Object> answers = connections.call(connection -> batch(connection, calls));
        List<Object> comebacks = new ArrayList<>();
        answers.subList(untold.size(), answers.size()).forEach(answer -> comebacks.addAll((List<?>) answer));
        return new Heard(answers.subList(0, untold.size()), comebacks);
    }

    private static List<Object> batch(Connection connection, List<List<String>> calls) {
        List<Response<Object>> responses = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(connection)) {
            // In the same batch, as Redis may have been started anew since the last one.
            Response<Object> loaded = pipeline.sendCommand(SCRIPT.load());
            calls.forEach(call -> responses.add(pipeline.sendCommand(SCRIPT.call(call))));
            pipeline.sync();
            loaded.get();
        }
        return responses.stream()
                .map(response -> LuaScript.decode(response.get()))
                .toList();
    }

    private List<String> words(Untold ending) {
        RoomId room = ending.roomId();
        List<String> words = begin(room == null ? "disconnect" : "leave", Presence.SILENCE);
        words.add(ending.userId().toString());
        words.add(ending.connectionId().toString());
        words.add(room == null ? "again" : room.toString());
        return words;
    }

    private List<List<String>> heartbeats(Collection<Stay> stays) {
        List<List<String>> calls = new ArrayList<>();
        List<String> words = begin("heartbeat", Presence.SILENCE);
        for (Stay stay : stays) {
            words.add(stay.userId().toString());
            words.add(stay.connectionId().toString());
            words.add(String.valueOf(stay.rooms().size()));
            for (RoomId room : stay.rooms()) {
                words.add(room.toString());
            }
            if (words.size() >= MOST_ARGUMENTS) {
                calls.add(words);
                words = begin("heartbeat", Presence.SILENCE);
            }
        }
        calls.add(words);
        return calls;
    }

    private List<String> begin(String operation, Duration lifetime) {
        List<String> words = new ArrayList<>();
        words.add(operation);
        words.add(prefix);
        words.add(server.value());
        words.add(String.valueOf(lifetime.toMillis()));
        words.add(String.valueOf(ahead.get().toMillis()));
        return words;
    }
}
