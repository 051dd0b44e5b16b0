package dev.confab.bench;

import dev.confab.bench.load.Fleet;
import dev.confab.jdbi.JdbiStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The servers of a load: real ones in a temporary folder, gateways and workers as processes of their own. */
final class LoadServers implements AutoCloseable {

    private final Installation installation;
    private final List<ServerProcess> gateways = new ArrayList<>();
    private final List<ServerProcess> workers = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private final List<Fleet.Person> people = new ArrayList<>();

    private LoadServers(Installation installation) {
        this.installation = installation;
    }

    static LoadServers start(LoadPlan plan, PrintWriter out, Clock clock) throws IOException, SQLException {
        LoadServers servers = new LoadServers(Installation.start(out, clock));
        try {
            servers.fill(plan, out);
            return servers;
        } catch (IOException | SQLException | RuntimeException notStarted) {
            servers.close();
            throw notStarted;
        }
    }

    private void fill(LoadPlan plan, PrintWriter out) throws IOException, SQLException {
        String database = installation.newDatabase("load");
        Installation.Cast cast;
        try (JdbiStores stores = installation.stores(database)) {
            cast = installation.cast(stores, plan.users(), plan.membersOfRooms());
        }
        cast.rooms().forEach(room -> rooms.add(room.toString()));
        List<String> tokens = installation.tokens(cast.people());
        List<List<Integer>> roomsOfPeople = plan.roomsOfPeople();
        for (int i = 0; i < plan.users(); i++) {
            people.add(new Fleet.Person(cast.people().get(i).toString(), tokens.get(i), roomsOfPeople.get(i)));
        }
        out.printf("Starting %d gateways and %d workers%n", plan.gateways(), plan.workers());
        out.flush();
        for (int i = 0; i < plan.workers(); i++) {
            workers.add(installation.serve(database, "load-", "worker"));
        }
        for (int i = 0; i < plan.gateways(); i++) {
            gateways.add(installation.serve(database, "load-", "gateway"));
        }
    }

    List<String> rooms() {
        return rooms;
    }

    List<Fleet.Person> people() {
        return people;
    }

    List<URI> addresses() {
        return gateways.stream().map(ServerProcess::webSocket).toList();
    }

    /** kill -9 of the first gateway and the first worker. */
    void killOneOfEach() throws InterruptedException {
        gateways.getFirst().kill();
        workers.getFirst().kill();
    }

    @Override
    public void close() throws IOException {
        List<ServerProcess> all = new ArrayList<>(gateways);
        all.addAll(workers);
        all.parallelStream().forEach(ServerProcess::close);
        installation.close();
    }
}
