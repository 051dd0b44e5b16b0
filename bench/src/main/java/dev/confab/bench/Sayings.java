package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * What was said in the rooms of a village: one of each room's people says it, without having joined the room, and it is
 * said when it came back to him. What is refused is said again under the same name.
 */
final class Sayings {

    private static final int PATIENCE_SECONDS = 120;
    private static final long AGAIN_AFTER_MILLIS = 100;

    private final Village village;
    private final Map<Long, Integer> open = new ConcurrentHashMap<>();
    private final CountDownLatch said;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<String> refusal = new AtomicReference<>("");
    private final Sockets[] holder = new Sockets[1];

    private Sayings(Village village, int each) {
        this.village = village;
        this.said = new CountDownLatch(village.rooms().size() * each);
    }

    /** Has so much said in each room, all of it at once, and returns when all of it is there. */
    static void fill(ServerProcess server, Village village, List<String> tokens, int each, PrintWriter out)
            throws InterruptedException {
        Sayings sayings = new Sayings(village, each);
        List<String> speakers = IntStream.range(0, village.rooms().size())
                .mapToObj(room -> tokens.get(village.memberOf(room)))
                .toList();
        try (Sockets sockets = Sockets.connect(server.webSocket(), speakers, sayings::hear)) {
            sayings.holder[0] = sockets;
            for (int i = 0; i < each; i++) {
                for (int room = 0; room < speakers.size(); room++) {
                    long number = Frames.next();
                    sayings.open.put(number, room);
                    sayings.say(number, room);
                }
            }
            if (!sayings.said.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("of what was said " + sayings);
            }
            out.printf("  what was said before: %s%n", sayings);
            out.flush();
        }
    }

    private void say(long number, int room) {
        holder[0].send(room, Frames.sendMessage(village.rooms().get(room), number));
    }

    private void hear(int client, ByteBuf text) {
        if (Frames.is("newMessage", text)) {
            if (open.remove(Frames.number(text)) != null) {
                said.countDown();
            }
        } else if (Frames.is("messageAccepted", text)) {
            accepted.increment();
        } else if (Frames.is("messageFailed", text)) {
            refused.increment();
            refusal.set(text.toString(StandardCharsets.UTF_8));
            long number = Frames.number(text);
            var unused = holder[0]
                    .channel(client)
                    .eventLoop()
                    .schedule(() -> say(number, client), AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        } else if (Frames.is("error", text) || Frames.is("goAway", text)) {
            refused.increment();
            refusal.set(text.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return String.format(
                "%,d messages did not come back; %,d were accepted, %,d refused %s",
                said.getCount(), accepted.sum(), refused.sum(), refusal.get());
    }
}
