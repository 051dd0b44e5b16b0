package dev.confab.bench;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** P9: what connections cost that say nothing: authenticated, and in three rooms of a hundred each. */
final class IdleBench {

    /** Of the same kind, before; they load classes, and are gone when it begins. */
    private static final int WARM_UP = 1_000;

    private static final int SETTLE_SECONDS = 30;

    private final Installation servers;
    private final PrintWriter out;
    private final int clients;

    /** @param clients a multiple of 100 */
    IdleBench(Installation servers, PrintWriter out, int clients) {
        this.servers = servers;
        this.out = out;
        this.clients = clients;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("idle");
        out.printf("  P9: making %,d people and their rooms%n", clients);
        out.flush();
        Village village = Village.settle(servers, database, clients);
        servers.forgetChanges(database);
        List<String> tokens = servers.tokens(village.people());
        Cost ours;
        try (ServerProcess unusedWorker = servers.serve(database, "p9-", "worker");
                ServerProcess server = servers.serve(database, "p9-", "gateway")) {
            ours = measure("ours", server, tokens, client -> Frames.joinRooms(village.roomsOf(client), null));
        }
        Cost bare;
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            bare = measure("bare", server, Collections.nCopies(clients, ""), null);
        }
        return List.of(
                new Comparison(
                        String.format("P9 %,d idle connections, authenticated, 3 rooms joined", clients),
                        "live heap, bytes per connection",
                        ours.heap(),
                        bare.heap(),
                        "bare Netty, as many sockets",
                        Comparison.Target.atMost(2),
                        "their rooms are in it, a hundred people in each"),
                new Comparison(
                        "P9 the same",
                        "resident memory, bytes per connection",
                        ours.resident(),
                        bare.resident(),
                        "bare Netty, as many sockets",
                        null,
                        "after a full collection"));
    }

    /** Bytes per connection. */
    private record Cost(double heap, double resident) {}

    private Cost measure(String what, ServerProcess server, List<String> tokens, Storm.@Nullable Greeting greeting)
            throws Exception {
        try (Storm warmUp = new Storm(tokens.subList(0, Math.min(WARM_UP, clients)))) {
            Storm.Course unused = warmUp.come(server.webSocket(), greeting);
        }
        AckBench.pause(SETTLE_SECONDS);
        double heapBefore = server.liveHeap();
        double residentBefore = server.residentMemory();
        try (Storm storm = new Storm(tokens)) {
            Storm.Course unused = storm.come(server.webSocket(), greeting);
            AckBench.pause(SETTLE_SECONDS);
            double heap = (server.liveHeap() - heapBefore) / clients;
            double resident = (server.residentMemory() - residentBefore) / clients;
            out.printf(
                    "  P9 %s: %s bytes of live heap and %s resident per connection%n",
                    what, Report.figure(heap), Report.figure(resident));
            out.flush();
            return new Cost(heap, resident);
        }
    }
}
