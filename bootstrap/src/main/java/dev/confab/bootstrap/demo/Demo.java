package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The story: people register, make a room and talk; one is cut off and comes back; something is sent twice. At the end
 * everybody has seen the same messages in the same order, each once, and so has the history.
 */
public final class Demo {

    private final List<URI> servers;
    private final int messages;
    private final Duration patience;
    private final PrintWriter out;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What was accepted, and what the server itself said: its clientMsgId and its text. */
    private final Map<String, String> accepted = new HashMap<>();

    /**
     * A run against gateways of one installation.
     *
     * @param servers base addresses; people connect to them in turn
     * @param messages how many are exchanged before somebody is cut off
     * @param patience how long a server may be away before the demo gives up
     */
    public Demo(List<URI> servers, int messages, Duration patience, PrintWriter out) {
        this.servers = List.copyOf(servers);
        this.messages = messages;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Runs it. Blocks.
     *
     * @throws DemoFailure when anything did not hold
     */
    public void run() {
        long begin = System.nanoTime();
        List<Person> people = new ArrayList<>();
        for (String name : List.of("Kim", "Lee", "Ada")) {
            Api api = new Api(http, servers.get(people.size() % servers.size()), patience);
            people.add(new Person(api, http, name));
        }
        tell("Kim, Lee and Ada registered and logged in", begin);

        begin = System.nanoTime();
        Person kim = people.get(0);
        Person lee = people.get(1);
        Person ada = people.get(2);
        String room = kim.api()
                .post("/rooms", kim.token(), Map.of("name", "Demo", "memberIds", List.of(lee.id)))
                .path("id")
                .asText();
        ada.api().post("/rooms/" + room + "/join", ada.token(), Map.of());
        for (Person person : people) {
            person.enter(room);
        }
        hearOfAda(people, room);
        tell("Kim made a room, Lee was in it from the start, Ada joined, which all three were told", begin);

        talk(people, room);
        cutOff(kim, lee, room);
        repeat(kim, lee, room);
        compare(people, room);
    }

    private void hearOfAda(List<Person> people, String room) {
        for (Person person : people) {
            person.awaitSeen(room, 1);
        }
        JsonNode announced = people.getFirst().seen().firstEntry().getValue();
        if (!announced.path("type").asText().equals("SYSTEM")
                || !announced.path("content").asText().equals("Ada joined")) {
            throw new DemoFailure("That Ada joined was not announced: " + announced);
        }
        accepted.put(
                announced.path("clientMsgId").asText(),
                announced.path("content").asText());
    }

    private void talk(List<Person> people, String room) {
        List<Duration> acknowledged = new ArrayList<>();
        List<Duration> shown = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Person sender = people.get(i % people.size());
            Person reader = people.get((i + 1) % people.size());
            long begin = System.nanoTime();
            acknowledged.add(send(sender, room, "Message " + (i + 1) + " from " + sender.name));
            reader.awaitSeen(room, accepted.size());
            shown.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        out.printf(
                "%d messages went back and forth: acknowledged after %s, shown to the next person after %s (median)%n",
                messages, median(acknowledged), median(shown));
        out.flush();
    }

    private void cutOff(Person kim, Person lee, String room) {
        long seenBefore = lee.lastSeen();
        lee.cutOff();
        for (int i = 1; i <= 5; i++) {
            send(kim, room, "While Lee was away, " + i);
        }
        kim.awaitSeen(room, accepted.size());
        long begin = System.nanoTime();
        JsonNode answer = lee.enter(room);
        lee.awaitSeen(room, accepted.size());
        if (!answer.path("recovered").asBoolean()) {
            throw new DemoFailure("Lee came back and was not told what was missed: " + answer);
        }
        tell(
                "Lee was cut off after message " + seenBefore
                        + ", came back and was told the 5 that were missed, in order",
                begin);
    }

    private void repeat(Person kim, Person lee, String room) {
        long begin = System.nanoTime();
        String clientMsgId = UUID.randomUUID().toString();
        accepted.put(clientMsgId, "Said once");
        kim.send(room, clientMsgId, "Said once");
        kim.send(room, clientMsgId, "Said once");
        JsonNode again = kim.api()
                .post(
                        "/rooms/" + room + "/messages?wait=persisted",
                        kim.token(),
                        Map.of("clientMsgId", clientMsgId, "type", "TEXT", "content", "Said once"));
        lee.awaitSeen(room, accepted.size());
        if (again.hasNonNull("seq") && again.path("seq").asLong() != accepted.size()) {
            throw new DemoFailure("A repeat made a message of its own: " + again);
        }
        tell("Kim sent one message three times, over WebSocket and REST: it is one message", begin);
    }

    private void compare(List<Person> people, String room) {
        long begin = System.nanoTime();
        int count = accepted.size();
        List<JsonNode> history = new ArrayList<>();
        while (history.size() < count) {
            JsonNode page = people.getFirst()
                    .api()
                    .get(
                            "/rooms/" + room + "/messages?limit=100&afterSeq=" + history.size(),
                            people.getFirst().token());
            if (page.path("items").isEmpty()) {
                break;
            }
            page.path("items").forEach(history::add);
        }
        if (history.size() != count) {
            throw new DemoFailure(count + " messages were acknowledged, and history has " + history.size());
        }
        String lastId = "";
        for (int i = 0; i < count; i++) {
            JsonNode message = history.get(i);
            String id = message.path("id").asText();
            if (message.path("seq").asLong() != i + 1 || id.compareTo(lastId) <= 0) {
                throw new DemoFailure("History is out of order at " + message);
            }
            lastId = id;
            String text = accepted.get(message.path("clientMsgId").asText());
            if (!message.path("content").asText().equals(text)) {
                throw new DemoFailure("History has something that nobody sent: " + message);
            }
        }
        for (Person person : people) {
            person.awaitSeen(room, count);
            if (!person.seen().keySet().equals(numbers(count))) {
                throw new DemoFailure(person.name + " saw " + person.seen().keySet() + ", not 1 to " + count);
            }
            person.seen().forEach((seq, message) -> {
                if (!message.equals(history.get((int) (seq - 1)))) {
                    throw new DemoFailure(
                            person.name + " saw " + message + ", history has " + history.get((int) (seq - 1)));
                }
            });
            person.cutOff();
        }
        tell("All three saw the same " + count + " messages once, in the order of the history", begin);
    }

    private static Set<Long> numbers(int count) {
        Set<Long> numbers = new TreeSet<>();
        for (long seq = 1; seq <= count; seq++) {
            numbers.add(seq);
        }
        return numbers;
    }

    private Duration send(Person sender, String room, String text) {
        String clientMsgId = UUID.randomUUID().toString();
        accepted.put(clientMsgId, text);
        return sender.send(room, clientMsgId, text);
    }

    private void tell(String what, long begin) {
        out.printf("%s (%s)%n", what, millis(Duration.ofNanos(System.nanoTime() - begin)));
        out.flush();
    }

    private static String median(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.isEmpty() ? "no time" : millis(sorted.get(sorted.size() / 2));
    }

    private static String millis(Duration duration) {
        return "%.1f ms".formatted(duration.toNanos() / 1e6);
    }
}
