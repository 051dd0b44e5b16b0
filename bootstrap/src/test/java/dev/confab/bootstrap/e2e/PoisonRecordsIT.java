package dev.confab.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records that nobody should have written, in every topic, on real servers; and the operator who deals with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonRecordsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Kafka takes the command, and would not take what is published of it. */
    private static final int LONGEST = 1_047_900;

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private final OperatorCommands operator = new OperatorCommands(installation.environment());
    private @Nullable RawRecords raw;
    private List<URI> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        List<ServerProcess> started = new ArrayList<>(installation.start(1, "serve"));
        started.addAll(installation.start(1, "gateway"));
        gateways = Installation.urls(started);
        raw = new RawRecords(installation);
    }

    @AfterAll
    void stop() {
        if (raw != null) {
            raw.close();
        }
        installation.close();
    }

    private RawRecords raw() {
        return Objects.requireNonNull(raw);
    }

    private JsonNode say(RestClient.Account sender, String room, String text) {
        return rest.post(
                        gateways.getLast(),
                        "/rooms/" + room + "/messages?wait=persisted",
                        sender,
                        RestClient.message(UUID.randomUUID().toString(), text))
                .expect(201)
                .body();
    }

    private JsonNode outcome(String room, RestClient.Account sender, String clientMsgId) {
        return rest.get(gateways.getFirst(), "/rooms/" + room + "/outcomes/" + clientMsgId, sender)
                .expect(200)
                .body();
    }

    private void awaitOutcome(String room, RestClient.Account sender, String clientMsgId, String status) {
        Eventually.holdsWithin(
                PATIENCE,
                () -> assertThat(outcome(room, sender, clientMsgId)
                                .path("status")
                                .asText())
                        .isEqualTo(status));
    }

    private void sql(String statement) throws SQLException {
        Map<String, String> environment = installation.environment();
        try (Connection connection = DriverManager.getConnection(
                        environment.get("CONFAB_DB_URL"),
                        environment.get("CONFAB_DB_USER"),
                        environment.get("CONFAB_DB_PASSWORD"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static List<String> rejections(SocketClient socket, String clientMsgId) {
        return socket.events("messageRejected").stream()
                .filter(data -> data.path("clientMsgId").asText().equals(clientMsgId))
                .map(data -> data.path("code").asText())
                .toList();
    }

    private static JsonNode letterOf(List<JsonNode> letters, String field, String value) {
        return letters.stream()
                .filter(letter -> letter.path(field).asText().contains(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no letter with " + field + " " + value + " in " + letters));
    }

    @Test
    void everyKindOfPoisonInTheCommandsIsParkedAndItsNeighboursAreStoredInOrder() {
        RestClient.Account kim = rest.register(gateways.getFirst(), "Kim");
        String room = rest.createRoom(gateways.getFirst(), kim, List.of());
        String other = rest.createRoom(gateways.getFirst(), kim, List.of());
        SocketClient elsewhere = SocketClient.connect(rest, gateways.getFirst(), kim);
        String nul = UUID.randomUUID().toString();
        String half = UUID.randomUUID().toString();
        String version = UUID.randomUUID().toString();
        String lost = UUID.randomUUID().toString();
        String nowhere = UUID.randomUUID().toString();
        String any = RawRecords.post(room, kim, UUID.randomUUID().toString(), "hi");
        Map<String, byte[]> poison = new LinkedHashMap<>();
        poison.put("no JSON", "poison".getBytes(UTF_8));
        poison.put("no text at all", new byte[] {0, -1, -2, 27, '[', '2', 'J'});
        poison.put(
                "unknown eventType", any.replace("message.post", "message.sing").getBytes(UTF_8));
        poison.put(
                "an unknown eventType that cannot be written down",
                any.replace("message.post", "\\u0000\\ud800\\u001b[2J").getBytes(UTF_8));
        poison.put(
                "unknown schemaVersion",
                RawRecords.post(room, kim, version, "hi")
                        .replace("\"schemaVersion\":1", "\"schemaVersion\":2")
                        .getBytes(UTF_8));
        poison.put("a missing field", any.replace("\"content\":\"hi\",", "").getBytes(UTF_8));
        poison.put("NUL", RawRecords.post(room, kim, nul, "a\\u0000b").getBytes(UTF_8));
        poison.put(
                "half a character", RawRecords.post(room, kim, half, "a\\ud83d").getBytes(UTF_8));
        poison.put(
                "a content as long as a record may be",
                RawRecords.post(room, kim, lost, "x".repeat(LONGEST)).getBytes(UTF_8));
        poison.put(
                "the key of another room",
                RawRecords.post(other, kim, UUID.randomUUID().toString(), "hi").getBytes(UTF_8));
        poison.put("a tombstone", null);
        String missing = UUID.randomUUID().toString();

        List<String> said = new ArrayList<>();
        for (byte[] value : poison.values()) {
            String text = "before " + said.size();
            say(kim, room, text);
            said.add(text);
            raw().put(RawRecords.COMMANDS, room, value);
        }
        raw().put(RawRecords.COMMANDS, null, any);
        raw().put(RawRecords.COMMANDS, missing, RawRecords.post(missing, kim, nowhere, "hi"));
        say(kim, room, "last");
        said.add("last");

        assertThat(rest.history(gateways.getFirst(), kim, room))
                .extracting(message -> message.path("content").asText())
                .isEqualTo(said);
        for (String parked : List.of(nul, half, version, lost)) {
            awaitOutcome(room, kim, parked, "PARKED");
            assertThat(outcome(room, kim, parked).path("reason").asText()).isEqualTo("parked");
            Eventually.holdsWithin(
                    PATIENCE, () -> assertThat(rejections(elsewhere, parked)).containsOnly("parked"));
        }
        awaitOutcome(missing, kim, nowhere, "REJECTED");
        assertThat(outcome(missing, kim, nowhere).path("reason").asText()).isEqualTo("room-not-found");

        // One for each kind, and the one without a key.
        Eventually.holdsWithin(
                PATIENCE, () -> assertThat(operator.letters()).hasSizeGreaterThanOrEqualTo(poison.size() + 1));
        List<JsonNode> letters = operator.letters();
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.path("origin").path("topic").asText()).endsWith(RawRecords.COMMANDS);
            assertThat(letter.path("origin").path("offset").isNumber()).isTrue();
            assertThat(letter.path("reason").asText()).isNotEmpty();
            assertThat(letter.path("traceId").asText()).hasSize(32);
        });
        JsonNode refused = letterOf(letters, "commandId", nul);
        assertThat(refused.path("cause").asText()).isEqualTo("refused");
        assertThat(refused.path("reason").asText()).contains("22021");
        assertThat(refused.path("traceId").asText()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(letterOf(letters, "commandId", half).path("reason").asText()).contains("surrogate");
        assertThat(letterOf(letters, "commandId", lost).path("cutFrom").asInt()).isGreaterThan(LONGEST);
        assertThat(letterOf(letters, "reason", "key is not the roomId")).isNotNull();
        assertThat(letterOf(letters, "reason", "no value")).isNotNull();

        showAndDiscard(letters, nul, lost);
    }

    /** The same letters in the operator's hands. */
    private void showAndDiscard(List<JsonNode> letters, String nul, String lost) {
        String binary = letterOf(letters, "reason", "token 'ÿ'").path("id").asText();
        String shown = operator.run(0, "dead-letters", "show", binary);
        assertThat(shown).contains("00 ff fe 1b 5b 32 4a").doesNotContain("\u001b");
        String unspeakable = letterOf(letters, "reason", "unknown eventType '\u0000")
                .path("id")
                .asText();
        assertThat(operator.run(0, "dead-letters", "show", unspeakable)).doesNotContain("\u001b", "\u0000");
        String id = letterOf(letters, "commandId", nul).path("id").asText();
        assertThat(operator.run(0, "dead-letters", "show", id)).contains(nul, "refused", "chat.messages.v1-");

        String cut = letterOf(letters, "commandId", lost).path("id").asText();
        assertThat(operator.run(1, "dead-letters", "replay", cut)).contains("cannot be put back");

        assertThat(operator.run(2, "dead-letters", "discard", "--all")).contains("--yes");
        assertThat(operator.letters()).hasSameSizeAs(letters);
        assertThat(operator.run(0, "dead-letters", "discard", id)).contains(id + ": discarded");
        assertThat(operator.run(0, "dead-letters", "discard", id)).contains("nothing to do");
        assertThat(operator.letters()).hasSize(letters.size() - 1);
        assertThat(operator.letters("--settled"))
                .extracting(letter -> letter.path("id").asText())
                .contains(id);
        assertThat(operator.letters("--reason", "SCHEMAVERSION")).hasSize(1);
        assertThat(operator.letters("--since", "2030-01-01T00:00:00Z")).isEmpty();
        assertThat(operator.run(1, "dead-letters", "show", "0-999999")).contains("there is no dead letter 0-999999");
        assertThat(operator.run(2, "dead-letters", "show", "rubbish")).contains("is no id of a dead letter");
        assertThat(operator.run(0, "dead-letters", "discard", "--all", "--reason", "schemaVersion", "--yes"))
                .contains("discarded");
        assertThat(operator.letters("--reason", "schemaVersion")).isEmpty();
    }

    @Test
    void whatTheDatabaseRefusedIsReplayedWhenItTakesItAndEndsOnce() throws SQLException {
        RestClient.Account kim = rest.register(gateways.getFirst(), "Kim");
        RestClient.Account lee = rest.register(gateways.getLast(), "Lee");
        String room = rest.createRoom(gateways.getFirst(), kim, List.of(lee));
        SocketClient sender = SocketClient.connect(rest, gateways.getFirst(), kim);
        SocketClient reader = SocketClient.connect(rest, gateways.getLast(), lee);
        reader.join(room);
        String name = UUID.randomUUID().toString();
        String late = UUID.randomUUID().toString();
        sql("alter table messages add constraint no_gold check (content not like 'gold%')");
        say(kim, room, "before");
        sender.send(room, name, "gold").join();
        sender.send(room, late, "gold too late").join();
        say(kim, room, "after");
        for (String parked : List.of(name, late)) {
            awaitOutcome(room, kim, parked, "PARKED");
            Eventually.holdsWithin(
                    PATIENCE, () -> assertThat(rejections(sender, parked)).containsOnly("parked"));
        }
        String id = letterOf(operator.letters("--reason", "no_gold"), "commandId", name)
                .path("id")
                .asText();

        // It is put back too early, and parked again.
        assertThat(operator.run(0, "dead-letters", "replay", id)).contains(id + ": put back at");
        Eventually.holdsWithin(
                PATIENCE,
                () -> assertThat(operator.letters("--reason", "no_gold"))
                        .filteredOn(letter -> letter.path("commandId").asText().equals(name))
                        .hasSize(1)
                        .noneMatch(letter -> letter.path("id").asText().equals(id)));
        assertThat(outcome(room, kim, name).path("status").asText()).isEqualTo("PARKED");
        assertThat(operator.run(0, "dead-letters", "replay", id)).contains("nothing to do, it was replayed");

        sql("alter table messages drop constraint no_gold");
        String again = letterOf(operator.letters("--reason", "no_gold"), "commandId", name)
                .path("id")
                .asText();
        assertThat(operator.run(0, "dead-letters", "replay", again)).contains("put back");
        awaitOutcome(room, kim, name, "PERSISTED");
        reader.awaitFrame(
                frame -> frame.path("data").path("clientMsgId").asText().equals(name));
        sender.awaitFrame(frame -> frame.path("event").asText().equals("newMessage")
                && frame.path("data").path("clientMsgId").asText().equals(name));
        assertThat(rest.history(gateways.getLast(), lee, room))
                .extracting(message -> message.path("content").asText())
                .containsExactly("before", "after", "gold");
        JsonNode repeated = rest.post(
                        gateways.getLast(),
                        "/rooms/" + room + "/messages?wait=persisted",
                        kim,
                        RestClient.message(name, "sent again"))
                .expect(201)
                .body();
        assertThat(repeated.path("content").asText()).isEqualTo("gold");

        rest.post(gateways.getFirst(), "/rooms/" + room + "/close", kim, Map.of())
                .expect(200);
        assertThat(operator.run(0, "dead-letters", "replay", "--all", "--reason", "no_gold", "--yes"))
                .contains("put back");
        awaitOutcome(room, kim, late, "REJECTED");
        assertThat(outcome(room, kim, late).path("reason").asText()).isEqualTo("room-closed");
        Eventually.holdsWithin(
                PATIENCE, () -> assertThat(rejections(sender, late)).containsOnly("parked", "room-closed"));
        assertThat(operator.letters("--reason", "no_gold")).isEmpty();
        assertThat(outcome(room, kim, name).path("status").asText()).isEqualTo("PERSISTED");
    }

    @Test
    void poisonInWhatGatewaysHearHarmsNobody() {
        RestClient.Account kim = rest.register(gateways.getFirst(), "Kim");
        RestClient.Account lee = rest.register(gateways.getLast(), "Lee");
        String room = rest.createRoom(gateways.getFirst(), kim, List.of(lee));
        SocketClient reader = SocketClient.connect(rest, gateways.getLast(), lee);
        reader.join(room);
        say(kim, room, "0");
        reader.awaitMessages(room, 1);
        String message = "{\"eventType\":\"message.persisted\",\"schemaVersion\":1,\"eventId\":\"x\",\"roomId\":\""
                + room
                + "\",\"epoch\":\"another\",\"memberVersion\":1,\"messageId\":\"01J00000000000000000000000\",\"seq\":2,"
                + "\"senderId\":\"" + kim.id() + "\",\"senderName\":\"Kim\",\"clientMsgId\":\"" + UUID.randomUUID()
                + "\",\"type\":\"TEXT\",\"content\":\"forged\",\"replyTo\":null,\"mentions\":[]}";
        List<byte[]> poison = new ArrayList<>();
        poison.add(null);
        for (String text : List.of(
                "poison",
                "{}",
                "[]",
                message,
                message.replace("\"seq\":2", "\"seq\":-2"),
                message.replace("\"seq\":2", "\"seq\":0"),
                message.replace("\"seq\":2", "\"seq\":99999999999999999999"),
                message.replace("01J0000", "ZZZZZZZ"),
                message.replace("\"schemaVersion\":1", "\"schemaVersion\":2"),
                message.replace("\"TEXT\"", "\"DANCE\""),
                message.replace("\"mentions\":[]", "\"mentions\":[1,{}]"),
                message.replace("forged", "\\ud800\\u0000"),
                message.replace("\"messageId\"", "\"lastReadMessageId\""),
                message.replace("message.persisted", "message.edited"),
                message.replace("message.persisted", "member.joined"),
                message.replace("message.persisted", "command.rejected"),
                message.replace("message.persisted", "read.marked"))) {
            poison.add(text.getBytes(UTF_8));
        }
        int said = 1;
        for (String topic : List.of(
                RawRecords.PUBLICATIONS, RawRecords.ROOM_EVENTS, RawRecords.READ_RECEIPTS, RawRecords.NOTIFICATIONS)) {
            for (byte[] value : poison) {
                raw().put(topic, room, value);
                raw().put(topic, null, value);
            }
            say(kim, room, Integer.toString(said));
            said++;
            reader.awaitMessages(room, said);
        }
        assertThat(reader.messages(room))
                .extracting(each -> each.path("content").asText())
                .containsExactly("0", "1", "2", "3", "4");
        assertThat(rest.history(gateways.getFirst(), kim, room)).hasSize(said);
    }
}
