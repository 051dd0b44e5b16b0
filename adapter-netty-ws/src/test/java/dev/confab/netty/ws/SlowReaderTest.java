package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G13 on real sockets: what the kernel keeps for a client counts as well. */
class SlowReaderTest {

    private static final Duration SLOW_AFTER = Duration.ofMillis(2_500);
    private static final int PATIENCE_SECONDS = 120;
    /** What may wait for a client that does not read: a full queue, and what its own kernel and ours take. */
    private static final long MOST_WAITING = 1_500_000;

    private final TestServer server = TestServer.startThatGivesUpOnSlow(SLOW_AFTER);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RestClient.Person kim = server.client().person("kim");
    private final RestClient.Person lee = server.client().person("lee");

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    private PacedClient connect(RestClient.Person person) throws IOException {
        PacedClient client = PacedClient.connect(server.server().httpPort(), person.accessToken());
        open.add(client);
        return client;
    }

    private ChatClient reader(String room) {
        ChatClient reader = ChatClient.connect(server.server().httpPort(), kim.accessToken());
        open.add(reader);
        reader.ask("joinRoom", ChatClient.room(room));
        return reader;
    }

    /** Kim says what takes these places, from inside, so that only the way out is long; the reader gets all of it. */
    private void say(String room, int first, int last, ChatClient reader) {
        for (int seq = first; seq <= last; seq++) {
            post(room, 3_000);
            if (seq % 50 == 0 || seq == last) {
                long seen = 0;
                while (seen < seq) {
                    seen = reader.next("newMessage").path("data").path("seq").asLong();
                }
            }
        }
    }

    private void post(String room, int length) {
        var unused = server.chat()
                .postMessage()
                .post(new PostMessage.Send(
                        UserId.parse(kim.id()).orElseThrow(),
                        RoomId.parse(room).orElseThrow(),
                        ClientMessageId.random(),
                        new MessageBody(MessageType.TEXT, "m".repeat(length)),
                        null))
                .accepted()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void whoDoesNotReadIsToldTheHeadAndCatchesUpWithoutAHole() throws IOException {
        String room = kim.client().room("room", lee);
        PacedClient slow = connect(lee);
        slow.send("joinRoom", ChatClient.room(room));
        slow.readUntil("reply");
        long before = slow.bytes();
        long handled = handled();
        for (int i = 0; i < 600; i++) {
            post(room, 3_000);
        }
        long last = kim.client().say(room, "last").path("seq").asLong();
        // What is pushed only while it reads already would count as what waited for it.
        Eventually.holds(() -> assertThat(handled() - handled).isEqualTo(last));

        slow.readUntil("roomHead");

        assertThat(slow.bytes() - before).isLessThan(MOST_WAITING);
        List<Long> seen = new ArrayList<>();
        for (int i = 0; seen.size() < last; i++) {
            while (slow.frames().size() == i) {
                assertThat(slow.read(64 * 1024)).isTrue();
            }
            JsonNode frame = slow.frames().get(i);
            long seq = frame.path("data").path("seq").asLong();
            switch (frame.path("event").asText()) {
                case "newMessage" -> seen.add(seq);
                case "roomHead" -> seen.addAll(fetch(room, seen.size(), seq));
                default -> {
                    // of no order
                }
            }
        }
        assertThat(seen).isEqualTo(upTo(last));
    }

    /** Events that were written to its connection, the only one, or left out. */
    private long handled() {
        double events = server.meters()
                        .get("confab.websocket.frames.sent")
                        .functionCounter()
                        .count()
                + server.meters()
                        .get("confab.websocket.events.left.out")
                        .functionCounter()
                        .count();
        return Math.round(events);
    }

    /** What lies after one place, up to another. */
    private List<Long> fetch(String room, long after, long last) {
        List<Long> places = new ArrayList<>();
        long at = after;
        while (at < last) {
            JsonNode page = lee.client()
                    .get("/rooms/" + room + "/events?limit=500&afterSeq=" + at)
                    .json();
            page.path("items").forEach(event -> places.add(event.path("seq").asLong()));
            at = places.getLast();
        }
        return places.stream().filter(seq -> seq <= last).toList();
    }

    @Test
    void whoNeverReadsIsGivenUpOnAndOthersGetEverything() throws IOException {
        String room = kim.client().room("room", lee);
        ChatClient reader = reader(room);
        PacedClient never = connect(lee);
        never.send("joinRoom", ChatClient.room(room));
        never.readUntil("reply");

        say(room, 1, 1_000, reader);
        Eventually.holds(() -> assertThat(
                        server.meters().counter("confab.websocket.slow.closed").count())
                .isEqualTo(1));

        while (never.closeStatus() == 0) {
            assertThat(never.read(64 * 1024)).isTrue();
        }
        assertThat(never.closeStatus()).isEqualTo(4408);
        assertThat(never.bytes()).isLessThan(MOST_WAITING);
        say(room, 1_001, 1_100, reader);
        assertThat(reader.isOpen()).isTrue();
    }

    @Test
    void aSlowReaderResumesTenThousandEventsAtAPaceOfItsOwn() throws Exception {
        int rooms = 20;
        int each = 500;
        List<String> ids = IntStream.range(0, rooms)
                .mapToObj(i -> kim.client().room("room " + i, lee))
                .toList();
        for (String id : ids) {
            for (int seq = 1; seq < each; seq++) {
                post(id, 700);
            }
            JsonNode stored = kim.client().say(id, "last");
            assertThat(stored.path("seq").asInt()).isEqualTo(each);
        }
        PacedClient slow = connect(lee);
        for (int i = 0; i < rooms; i += 2) {
            slow.send("joinRooms", """
                    {"rooms":[{"roomId":"%s","lastSeq":0},{"roomId":"%s","lastSeq":0}]}
                    """.formatted(ids.get(i), ids.get(i + 1)));
        }

        long began = System.nanoTime();
        takeSlowly(slow, 2_000_000, 16 * 1024, Duration.ofMillis(80));
        assertThat(System.nanoTime() - began).isGreaterThan(2 * SLOW_AFTER.toNanos());
        while (slow.count("reply") < rooms / 2) {
            assertThat(slow.read(64 * 1024))
                    .as("given up on with %d", slow.closeStatus())
                    .isTrue();
        }

        for (String id : ids) {
            assertThat(slow.places(id)).isEqualTo(upTo(each));
        }
        assertThat(slow.count("roomHead")).isZero();
        assertThat(slow.frames().stream()
                        .filter(frame -> frame.path("event").asText().equals("reply"))
                        .flatMap(frame -> frame.path("data").findValues("recovered").stream())
                        .filter(JsonNode::asBoolean))
                .hasSize(rooms);
    }

    /** Reads a little at a time. */
    private static void takeSlowly(PacedClient client, long bytes, int most, Duration pause) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long end = client.bytes() + bytes;
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = clock.scheduleAtFixedRate(
                    () -> {
                        try {
                            if (!client.read(most)) {
                                throw new AssertionError("given up on with " + client.closeStatus());
                            }
                            if (client.bytes() >= end) {
                                done.complete(null);
                            }
                        } catch (IOException | AssertionError failure) {
                            done.completeExceptionally(failure);
                        }
                    },
                    0,
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
            done.whenComplete((value, fault) -> ticks.cancel(false));
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
