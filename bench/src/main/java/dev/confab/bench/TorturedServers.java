package dev.confab.bench;

import dev.confab.bench.fault.FaultyNetwork;
import dev.confab.bench.fault.Victim;
import dev.confab.jdbi.JdbiStores;
import dev.confab.localstack.Durability;
import dev.confab.localstack.StackServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Real servers, gateways and workers as processes of their own, and between all of them links that can be cut: clients reach
 * gateways, and gateways and workers reach PostgreSQL, Redis and Kafka, through links only. The broker and the database
 * write through to the disk before they confirm.
 */
final class TorturedServers implements AutoCloseable {

    private static final String NAMESPACE = "torture-";

    private final Installation installation;
    private final FaultyNetwork network;
    private final Map<Victim.Type, FaultyNetwork.Link> links = new LinkedHashMap<>();
    private final List<TorturedProcess> gateways = new ArrayList<>();
    private final List<TorturedProcess> workers = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final JdbiStores stores;
    private final Backlog backlog;

    private TorturedServers(
            Installation installation, FaultyNetwork network, FaultyNetwork.Link kafka, String database) {
        this.installation = installation;
        this.network = network;
        links.put(Victim.Type.KAFKA, kafka);
        stores = installation.stores(database);
        opened.add(stores);
        backlog = Backlog.open(installation, database, NAMESPACE);
        opened.add(backlog);
    }

    static TorturedServers start(int gateways, int workers, PrintWriter out, Clock clock)
            throws IOException, SQLException {
        FaultyNetwork network = new FaultyNetwork();
        Installation installation = null;
        TorturedServers servers = null;
        try {
            FaultyNetwork.Link kafka = network.open();
            installation = Installation.start(
                    out, clock, stack -> stack.durability(Durability.POWER_CUT).kafkaIsReachedAt(kafka.port()));
            kafka.leadTo(installation.stack().kafka().port());
            String database = installation.newDatabase("torture");
            servers = new TorturedServers(installation, network, kafka, database);
            servers.fill(gateways, workers, out);
            return servers;
        } catch (IOException | SQLException | RuntimeException notStarted) {
            if (servers != null) {
                servers.close();
            } else {
                if (installation != null) {
                    installation.close();
                }
                network.close();
            }
            throw notStarted;
        }
    }

    private void fill(int gatewayCount, int workerCount, PrintWriter out) throws IOException {
        FaultyNetwork.Link postgres =
                link(Victim.Type.POSTGRES, installation.stack().postgres());
        FaultyNetwork.Link redis = link(Victim.Type.REDIS, installation.stack().redis());
        String database = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/torture";
        installation.configure(Map.of(
                "CONFAB_KAFKA_BROKERS", brokers(), "CONFAB_REDIS_URL", "redis://127.0.0.1:" + redis.port() + "/0"));
        installation.prepareQuickStarts(database, NAMESPACE);
        out.printf("Starting %d gateways and %d workers%n", gatewayCount, workerCount);
        out.flush();
        for (int i = 1; i <= workerCount; i++) {
            TorturedProcess worker = process("worker-" + i, "worker", database, null);
            workers.add(worker);
            worker.start();
        }
        for (int i = 1; i <= gatewayCount; i++) {
            TorturedProcess gateway = process("gateway-" + i, "gateway", database, network.open());
            gateways.add(gateway);
            gateway.start();
        }
    }

    private FaultyNetwork.Link link(Victim.Type type, StackServer server) {
        FaultyNetwork.Link link = network.open();
        link.leadTo(server.port());
        links.put(type, link);
        return link;
    }

    private TorturedProcess process(String name, String role, String database, FaultyNetwork.@Nullable Link link) {
        return new TorturedProcess(
                name,
                link,
                logs().resolve(name + ".log"),
                output -> installation.serveShortly(database, NAMESPACE, role, output));
    }

    /** Where all servers write what they have to say. */
    Path logs() {
        return installation.folder().resolve("data").resolve("logs");
    }

    Installation installation() {
        return installation;
    }

    JdbiStores stores() {
        return stores;
    }

    /** What was accepted and is not stored. */
    Backlog backlog() {
        return backlog;
    }

    /** Through the link, as all clients. */
    String brokers() {
        return "127.0.0.1:" + link(new Victim(Victim.Type.KAFKA, 0)).port();
    }

    static String topic(String name) {
        return NAMESPACE + name;
    }

    List<URI> addresses() {
        return gateways.stream()
                .map(gateway -> URI.create("ws://127.0.0.1:" + gateway.link().port() + "/ws"))
                .toList();
    }

    /** The link in front of it. */
    FaultyNetwork.Link link(Victim victim) {
        if (victim.type() == Victim.Type.GATEWAY) {
            return process(victim).link();
        }
        FaultyNetwork.Link link = links.get(victim.type());
        if (link == null) {
            throw new IllegalArgumentException("there is no link in front of " + victim);
        }
        return link;
    }

    /** A gateway or a worker. */
    TorturedProcess process(Victim victim) {
        return (victim.type() == Victim.Type.GATEWAY ? gateways : workers).get(victim.number() - 1);
    }

    /** PostgreSQL, Redis or Kafka. */
    StackServer server(Victim victim) {
        return switch (victim.type()) {
            case POSTGRES -> installation.stack().postgres();
            case REDIS -> installation.stack().redis();
            case KAFKA -> installation.stack().kafka();
            case GATEWAY, WORKER -> throw new IllegalArgumentException(victim + " is no server of the stack");
        };
    }

    /** Gateways and workers that ended although nobody ended them. */
    List<String> gone() {
        List<TorturedProcess> all = new ArrayList<>(gateways);
        all.addAll(workers);
        return all.stream()
                .filter(TorturedProcess::isGone)
                .map(TorturedProcess::name)
                .toList();
    }

    @Override
    public void close() throws IOException {
        List<TorturedProcess> all = new ArrayList<>(gateways);
        all.addAll(workers);
        all.parallelStream().forEach(TorturedProcess::close);
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception unimportant) {
                System.err.println("torture: " + unimportant);
            }
        }
        network.close();
        installation.close();
    }
}
