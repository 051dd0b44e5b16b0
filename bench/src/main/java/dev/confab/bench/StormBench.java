package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * P13: one of two gateways is killed, and its clients come to the other one at once: each is authenticated and resumes in
 * three rooms, some messages behind. Meanwhile others, who were on that gateway all the time, talk.
 */
final class StormBench {

    private static final int WARM_UPS = 3;
    /** Messages that each room has, and how many of them the clients have seen. */
    private static final int SAID = 10;

    private static final long SEEN = 5;
    private static final int STAYED = 10;
    /** For presence to have told who went. */
    private static final int PAUSE_SECONDS = 10;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;
    private final int clients;

    /** @param clients a multiple of 100 */
    StormBench(Installation servers, PrintWriter out, int seconds, int clients) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
        this.clients = clients;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("storm");
        say("P13: making %,d people and their rooms", clients);
        Village village = Village.settle(servers, database, clients);
        Installation.Cast stayed;
        try (JdbiStores stores = servers.stores(database)) {
            stayed = servers.cast(stores, STAYED, 1);
        }
        servers.forgetChanges(database);
        List<String> tokens = servers.tokens(village.people());
        try (ServerProcess unusedWorker = servers.serve(database, "p13-", "worker");
                ServerProcess staying = servers.serve(database, "p13-", "gateway");
                ServerProcess dying = servers.serve(database, "p13-", "gateway")) {
            Sayings.fill(staying, village, tokens, SAID, out);
            RoomId room = stayed.rooms().getFirst();
            try (Bystanders bystanders = new Bystanders(staying, servers.tokens(stayed.people()), room)) {
                for (int i = 0; i < WARM_UPS; i++) {
                    say("P13 warm-up: %s resumes/s", Report.figure(resume(staying, village, tokens)));
                    AckBench.pause(PAUSE_SECONDS);
                }
                Ours ours = measure(staying, dying, village, tokens, bystanders);
                return compare(ours, bare(bystanders));
            }
        }
    }

    private List<Comparison> compare(Ours ours, Bare bare) {
        return List.of(
                new Comparison(
                        String.format("P13 reconnect storm, %,d clients, 3 rooms each", clients),
                        "resumes/s",
                        ours.course().perSecond(),
                        bare.course().perSecond(),
                        "bare Netty, handshakes/s",
                        Comparison.Target.atLeast(0.4),
                        String.format(
                                "half of them served within %s s, all within %s s; %,d missed events told; live heap"
                                        + " afterwards %s MB of 1 GB",
                                Report.figure(ours.course().times().getValueAtPercentile(50) / 1e9),
                                Report.figure(ours.course().times().getMaxValue() / 1e9),
                                ours.course().events(),
                                Report.figure(ours.heap() / 1e6))),
                new Comparison(
                        "P13 those who stayed, send → delivered at " + Bystanders.RATE + "/s",
                        "p99, ms",
                        ours.during().p99(),
                        ours.before().p99(),
                        "before the storm",
                        Comparison.Target.atMost(2),
                        ours.during() + "; before: " + ours.before()),
                new Comparison(
                        "P13 the same, while as many shake hands with the bare server and none comes here",
                        "p99, ms",
                        bare.meanwhile().p99(),
                        ours.before().p99(),
                        "before the storm",
                        null,
                        "what clients and handshakes do to everybody on this machine: " + bare.meanwhile()));
    }

    private record Ours(Storm.Course course, Bystanders.Meanwhile before, Bystanders.Meanwhile during, double heap) {}

    private record Bare(Storm.Course course, Bystanders.Meanwhile meanwhile) {}

    private static double resume(ServerProcess server, Village village, List<String> tokens)
            throws InterruptedException {
        try (Storm storm = new Storm(tokens)) {
            return storm.come(server.webSocket(), client -> Frames.joinRooms(village.roomsOf(client), SEEN))
                    .perSecond();
        }
    }

    private Ours measure(
            ServerProcess staying, ServerProcess dying, Village village, List<String> tokens, Bystanders bystanders)
            throws Exception {
        try (Storm first = new Storm(tokens);
                Storm storm = new Storm(tokens)) {
            Storm.Course unused =
                    first.come(dying.webSocket(), client -> Frames.joinRooms(village.roomsOf(client), null));
            AckBench.pause(PAUSE_SECONDS);
            Bystanders.Meanwhile before = bystanders.during(() -> AckBench.pause(seconds));
            dying.kill();
            first.awaitClosed();
            Storm.Course[] course = new Storm.Course[1];
            Bystanders.Meanwhile during = bystanders.during(() -> course[0] =
                    storm.come(staying.webSocket(), client -> Frames.joinRooms(village.roomsOf(client), SEEN)));
            Ours ours = new Ours(course[0], before, during, (double) staying.liveHeap());
            say(
                    "P13 ours: %s resumes/s, all served within %s s; p99 of those who stayed %s ms, before %s ms",
                    Report.figure(ours.course().perSecond()),
                    Report.figure(ours.course().times().getMaxValue() / 1e9),
                    Report.figure(ours.during().p99()),
                    Report.figure(ours.before().p99()));
            return ours;
        }
    }

    private Bare bare(Bystanders bystanders) throws Exception {
        List<String> nobody = Collections.nCopies(clients, "");
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            for (int i = 0; i < WARM_UPS; i++) {
                say(
                        "P13 bare warm-up: %s handshakes/s",
                        Report.figure(handshakes(server, nobody).perSecond()));
                AckBench.pause(PAUSE_SECONDS);
            }
            Storm.Course[] course = new Storm.Course[1];
            Bystanders.Meanwhile meanwhile = bystanders.during(() -> course[0] = handshakes(server, nobody));
            say(
                    "P13 bare: %s handshakes/s; p99 of those who stayed with ours %s ms meanwhile",
                    Report.figure(course[0].perSecond()), Report.figure(meanwhile.p99()));
            return new Bare(course[0], meanwhile);
        }
    }

    private static Storm.Course handshakes(ServerProcess server, List<String> nobody) throws InterruptedException {
        try (Storm storm = new Storm(nobody)) {
            return storm.come(server.webSocket(), null);
        }
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
        out.flush();
    }
}
