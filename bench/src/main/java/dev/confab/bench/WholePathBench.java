package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * P2, and P3 with a broker that writes each record through to the disk: acknowledged, stored, published and delivered to one receiver, who is the sender's own session. Each connection
 * sends its next message when one of its own came back, so that no backlog can grow.
 */
final class WholePathBench {

    private static final int CLIENTS = 64;
    private static final int OUTSTANDING = 64;
    private static final int BATCH = 1_000;
    private static final String WORK = "P2 send → delivered, stored in between";

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

    /**
     * @param durable whether to measure P3 as well
     */
    List<Comparison> run(boolean durable) throws Exception {
        double ours = ours("P2 ours", "p2-");
        String sample =
                CLIENTS + " connections with a room each, " + OUTSTANDING + " on their way each, " + seconds + " s";
        List<Comparison> results = new ArrayList<>();
        results.add(floors ? againstFloor(ours, sample) : Comparison.alone(WORK, "messages/s", ours, sample));
        if (durable) {
            servers.flushEachRecord(true);
            try {
                results.add(new Comparison(
                        "P3 the same, the broker writing each record through to the disk",
                        "messages/s",
                        ours("P3 ours", "p3-"),
                        ours,
                        "P2, ours",
                        Comparison.Target.atLeast(0.8),
                        sample));
            } finally {
                servers.flushEachRecord(false);
            }
        }
        return results;
    }

    private double ours(String what, String space) throws Exception {
        String database = servers.newDatabase(space.replace('-', '_') + "whole");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, CLIENTS, CLIENTS);
        }
        try (ServerProcess server = servers.serve(database, space, "gateway,worker")) {
            return loop().rate(what, server, servers.tokens(cast.people()), cast.rooms(), "newMessage");
        }
    }

    private ClosedLoop loop() {
        return new ClosedLoop(OUTSTANDING, seconds, out);
    }

    private Comparison againstFloor(double ours, String sample) throws Exception {
        // The bare server does not care who writes to which room.
        List<RoomId> rooms = Stream.generate(RoomId::random).limit(CLIENTS).toList();
        double echo;
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            echo = loop().rate("P2 bare echo", server, Collections.nCopies(CLIENTS, ""), rooms, "sendMessage");
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
        return new Comparison(
                WORK,
                "messages/s",
                ours,
                floor,
                String.format(
                        "1/(1/W + 2/K + 2/C + 1/P), W = %s, K = %s, C = %s, P = %s",
                        Report.figure(echo), Report.figure(produced), Report.figure(consumed), Report.figure(stored)),
                Comparison.Target.atLeast(0.5),
                sample);
    }
}
