package dev.confab.bench.load;

import dev.confab.bench.history.Fingerprint;
import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Edits and deletions of one's own messages: of some of them, each soon after it was shown. What was not answered is sent
 * again under the same name over the next connection. Used on the client's event loop alone.
 */
final class Changes {

    /** Begins the {@code ref} of a change, so that its answer is told from that of a join. */
    static final char REF = 'c';

    private static final Set<String> RETRYABLE = Set.of("unavailable", "rate-limited", "outcome-unknown");

    private final Fleet fleet;
    private final ChatClient client;
    private final HistoryWriter history;
    private final Random random;
    private final Map<String, Open> open = new LinkedHashMap<>(4);
    /** By {@code commandId} the room, of those that were accepted. */
    private final Map<String, Integer> accepted = new LinkedHashMap<>(4);

    private static final class Open {
        final int room;
        final String message;
        final @Nullable String content;
        int attempts;

        Open(int room, String message, @Nullable String content) {
            this.room = room;
            this.message = message;
            this.content = content;
        }
    }

    Changes(Fleet fleet, ChatClient client, Random random) {
        this.fleet = fleet;
        this.client = client;
        this.history = fleet.history();
        this.random = random;
    }

    Map<String, Integer> accepted() {
        return accepted;
    }

    /** One's own message was shown for the first time: perhaps it is edited, or deleted, or both. */
    void shown(int room, String message) {
        if (random.nextDouble() >= fleet.changing()) {
            return;
        }
        int which = random.nextInt(4);
        if (which != 0) {
            begin(new Open(room, message, fleet.content() + "edited " + random.nextInt(1_000_000)));
        }
        if (which < 2) {
            begin(new Open(room, message, null));
        }
    }

    private void begin(Open change) {
        String key = new UUID(random.nextLong(), random.nextLong()).toString();
        open.put(key, change);
        fleet.changesOpen(1);
        transmit(key, change);
    }

    /** There is a connection again. */
    void connected() {
        open.forEach(this::transmit);
    }

    private void transmit(String key, Open change) {
        if (!client.isGreeted()) {
            return;
        }
        String room = fleet.rooms().get(change.room);
        String content = change.content;
        history.write(new Operation.Changing(
                client.now(), room, key, change.message, content == null ? null : Fingerprint.of(content)));
        change.attempts++;
        ByteBuf frame = content == null
                ? ClientFrames.deletion(REF + key, room, key, change.message)
                : ClientFrames.edit(REF + key, room, key, change.message, content);
        boolean unused = client.write(frame);
    }

    void accepted(String key) {
        history.write(new Operation.Accepted(client.now(), key));
        Open change = open.get(key);
        if (change != null) {
            accepted.put(key, change.room);
            end(key);
        }
    }

    void failed(String key, String code) {
        history.write(new Operation.Failed(client.now(), key, code));
        fleet.meter().failed("change " + code);
        Open change = open.get(key);
        if (change == null) {
            return;
        }
        if (RETRYABLE.contains(code)) {
            int here = client.connection();
            client.later(change.attempts, () -> {
                if (here == client.connection() && open.containsKey(key)) {
                    transmit(key, change);
                }
            });
        } else {
            end(key);
        }
    }

    /** Accepted, and refused afterwards. */
    void rejected(String key) {
        end(key);
    }

    private void end(String key) {
        if (open.remove(key) != null) {
            fleet.changesOpen(-1);
        }
    }
}
