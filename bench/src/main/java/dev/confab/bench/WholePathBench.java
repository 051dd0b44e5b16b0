package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * P2: acknowledged, stored, published and delivered to one receiver, who is the sender's own session. Each connection
 * sends its next message when one of its own came back, so that no backlog can grow.
 */
final class WholePathBench {

    private static final int CLIENTS = 64;
    private static final int OUTSTANDING = 64;
    private static final int BATCH = 1_000;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;
    private final boolean floors;

    WholePathBench(Installation servers, PrintWriter out, int seconds, boolean floors) {
        this.floors = floors;
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("whole");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, CLIENTS, CLIENTS);
        }
        ClosedLoop loop = new ClosedLoop(OUTSTANDING, seconds, out);
        List<RoomId> rooms = cast.rooms();
        double ours;
        try (ServerProcess server = servers.serve(database, "p2-", "gateway,worker")) {
            ours = loop.rate("P2 ours", server, servers.tokens(cast.people()), rooms, "newMessage");
        }
        String work = "P2 send → delivered, stored in between";
        String sample =
                CLIENTS + " connections with a room each, " + OUTSTANDING + " on their way each, " + seconds + " s";
        if (!floors) {
            return List.of(Comparison.alone(work, "messages/s", ours, sample));
        }
        double echo;
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            echo = loop.rate("P2 bare echo", server, Collections.nCopies(CLIENTS, ""), rooms, "sendMessage");
        }
        double produced;
        try (RawProducer producer =
                RawProducer.open(servers.brokers(), RawProducer.sample(servers.brokers(), "p2-chat.messages.v1"))) {
            produced = producer.throughput(seconds);
        }
        double consumed = RawConsumer.throughput(servers.brokers(), seconds);
        double stored = new BareStore(servers, BATCH).throughput(seconds);
        out.printf(
                "  P2 raw producer: %s/s, raw consumer: %s/s, bare JDBC: %s/s%n",
                Report.figure(produced), Report.figure(consumed), Report.figure(stored));
        out.flush();
        double floor = Comparison.inSeries(echo, produced, produced, consumed, consumed, stored);
        return List.of(new Comparison(
                work,
                "messages/s",
                ours,
                floor,
                String.format(
                        "1/(1/W + 2/K + 2/C + 1/P), W = %s, K = %s, C = %s, P = %s",
                        Report.figure(echo), Report.figure(produced), Report.figure(consumed), Report.figure(stored)),
                Comparison.Target.atLeast(0.5),
                sample));
    }
}
