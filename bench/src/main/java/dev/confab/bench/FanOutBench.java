package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fan-out to one room of 1,000 members. P6: the next message when all have the last one, so that no two share a flush.
 * P7: many on their way at a time, so that they can be written together.
 */
final class FanOutBench {

    private static final int MEMBERS = 1_000;
    /** On their way at a time in P7. */
    private static final int BUSY = 64;
    /** How many frames the bare server writes between two flushes in P7. */
    private static final int TOGETHER = 16;

    private static final int TURNS = 4;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    FanOutBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    /** P6. */
    List<Comparison> oneByOne() throws Exception {
        return compare(
                "P6",
                new Load(1, 1),
                new Load(1, 1),
                "fan-out, 1,000 members, 1 message a flush",
                "bare Netty, one pre-encoded frame of the same length",
                0.85);
    }

    /** P7. */
    List<Comparison> busy() throws Exception {
        return compare(
                "P7",
                new Load(BUSY, 1),
                new Load(2, TOGETHER),
                "fan-out, 1,000 members, " + BUSY + " messages on their way",
                "bare Netty, " + TOGETHER + " pre-encoded frames of the same length a flush",
                0.5);
    }

    /**
     * What is asked of a server.
     *
     * @param outstanding how many triggers are on their way at a time
     * @param frames how many frames each member is sent for one
     */
    private record Load(int outstanding, int frames) {}

    private List<Comparison> compare(
            String name, Load asked, Load askedOfBare, String work, String against, double target) throws Exception {
        String space = name.toLowerCase(Locale.ROOT);
        String database = servers.newDatabase(space + "_fanout");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, MEMBERS, 1);
        }
        RoomId room = cast.rooms().getFirst();
        try (ServerProcess unusedWorker = servers.serve(database, space + "-", "worker");
                Crowd ours = new Crowd(
                        servers.serve(database, space + "-", "gateway"),
                        servers.tokens(cast.people()),
                        room,
                        asked.frames(),
                        true)) {
            warmUp(name + " ours", ours, asked);
            ServerProcess floor = ServerProcess.start(
                    Map.of(),
                    BareServer.class.getName(),
                    "fanout",
                    String.valueOf(ours.frameLength()),
                    String.valueOf(askedOfBare.frames()));
            try (Crowd bare = new Crowd(floor, Collections.nCopies(MEMBERS, ""), room, askedOfBare.frames(), false)) {
                warmUp(name + " bare", bare, askedOfBare);
                Turns turns = takeTurns(name, ours, asked, bare, askedOfBare);
                return List.of(new Comparison(
                        name + " " + work,
                        "deliveries per server CPU-second",
                        turns.ours().perCpuSecond(),
                        turns.bare().perCpuSecond(),
                        against,
                        Comparison.Target.atLeast(target),
                        String.format(
                                Locale.ROOT,
                                "%,d and %,d deliveries of %d bytes in %d turns of %d s each",
                                turns.ours().deliveries(),
                                turns.bare().deliveries(),
                                ours.frameLength(),
                                TURNS,
                                seconds)));
            }
        }
    }

    /** With many on their way at first: what runs a few times a second is compiled late. */
    private void warmUp(String what, Crowd crowd, Load load) throws InterruptedException {
        int busy = Math.max(load.outstanding(), BUSY / load.frames());
        crowd.begin(busy);
        int took = await(crowd);
        if (busy > load.outstanding()) {
            // Other code is busy then.
            crowd.rest();
            crowd.begin(load.outstanding());
            took += await(crowd);
        }
        crowd.rest();
        say("%s is warm after %d s", what, took);
    }

    private static int await(Crowd crowd) throws InterruptedException {
        return WarmUp.await(() -> crowd.watch(WarmUp.WINDOW_SECONDS).perCpuSecond());
    }

    private record Turns(Crowd.Share ours, Crowd.Share bare) {}

    /** In the order A B B A, so that whatever disturbs the machine meets both. */
    private Turns takeTurns(String name, Crowd ours, Load asked, Crowd bare, Load askedOfBare)
            throws InterruptedException {
        Turns all = new Turns(new Crowd.Share(0, 0), new Crowd.Share(0, 0));
        for (int i = 0; i < TURNS; i++) {
            boolean oursFirst = i % 2 == 0;
            Crowd.Share first = oursFirst ? turn(ours, asked) : turn(bare, askedOfBare);
            Crowd.Share second = oursFirst ? turn(bare, askedOfBare) : turn(ours, asked);
            Turns now = oursFirst ? new Turns(first, second) : new Turns(second, first);
            say(
                    "%s turn %d of %d: ours %s, bare %s deliveries per CPU-second",
                    name,
                    i + 1,
                    TURNS,
                    Report.figure(now.ours().perCpuSecond()),
                    Report.figure(now.bare().perCpuSecond()));
            all = new Turns(all.ours().and(now.ours()), all.bare().and(now.bare()));
        }
        return all;
    }

    private Crowd.Share turn(Crowd crowd, Load load) throws InterruptedException {
        crowd.begin(load.outstanding());
        AckBench.pause(1);
        Crowd.Share share = crowd.watch(seconds);
        crowd.rest();
        return share;
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, "  " + format + "%n", values);
        out.flush();
    }
}
