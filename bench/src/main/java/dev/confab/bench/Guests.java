package dev.confab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.bench.load.Fleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** People and rooms on a server that runs already, made as any client would: they register, log in and create rooms. */
final class Guests implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;
    private final List<String> rooms = new ArrayList<>();
    private final List<Fleet.Person> people = new ArrayList<>();

    private Guests(URI server) {
        this.server = server;
    }

    /** What is wrong with an address, or an empty text. */
    static String problem(URI server) {
        if (!"ws".equals(server.getScheme()) || server.getHost() == null || server.getPort() < 0) {
            return "--url is like ws://localhost:8080/ws";
        }
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress()
                    ? ""
                    : "--url must be on this machine: load is sent to loopback only";
        } catch (UnknownHostException unknown) {
            return "--url: there is no host " + server.getHost();
        }
    }

    /** Registers them, which takes its time: passwords are hashed, and registering is limited. */
    static Guests arrive(URI server, LoadPlan plan, PrintWriter out) throws IOException, InterruptedException {
        out.printf("Registering %,d users at %s%n", plan.users(), server);
        out.flush();
        return arrive(server, plan.roomsOfPeople(), plan.membersOfRooms());
    }

    /**
     * The same for whom no plan exists.
     *
     * @param roomsOfPeople for each of them the places of their rooms
     * @param membersOfRooms for each room the places of its members, its owner first
     */
    static Guests arrive(URI server, List<List<Integer>> roomsOfPeople, List<List<Integer>> membersOfRooms)
            throws IOException, InterruptedException {
        Guests guests = new Guests(server);
        String run = UUID.randomUUID().toString();
        List<String> ids = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < roomsOfPeople.size(); i++) {
            Map<String, String> login = Map.of("email", "load-" + i + "-" + run + "@example.org", "password", run);
            JsonNode unused = guests.post("/auth/register", login, null);
            JsonNode answer = guests.post("/auth/login", login, null);
            ids.add(answer.path("user").path("id").asText());
            tokens.add(answer.path("accessToken").asText());
        }
        for (List<Integer> members : membersOfRooms) {
            List<String> others = members.stream().skip(1).map(ids::get).toList();
            JsonNode room =
                    guests.post("/rooms", Map.of("name", "load", "memberIds", others), tokens.get(members.getFirst()));
            guests.rooms.add(room.path("id").asText());
        }
        for (int i = 0; i < roomsOfPeople.size(); i++) {
            guests.people.add(new Fleet.Person(ids.get(i), tokens.get(i), roomsOfPeople.get(i)));
        }
        return guests;
    }

    List<String> rooms() {
        return rooms;
    }

    List<Fleet.Person> people() {
        return people;
    }

    /** Waits where the server says that it was too much. */
    private JsonNode post(String path, Map<String, ?> body, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + server.getHost() + ":" + server.getPort() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < TRIES; i++) {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 429) {
                long seconds =
                        response.headers().firstValueAsLong("Retry-After").orElse(1);
                boolean never = new CountDownLatch(1).await(Math.min(seconds, 60), TimeUnit.SECONDS);
                assert !never;
            } else if (response.statusCode() / 100 == 2) {
                return JSON.readTree(response.body());
            } else {
                throw new IOException(path + " answered " + response.statusCode() + " "
                        + JSON.readTree(response.body()).path("code").asText());
            }
        }
        throw new IOException(path + " was refused as too much for too long");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
