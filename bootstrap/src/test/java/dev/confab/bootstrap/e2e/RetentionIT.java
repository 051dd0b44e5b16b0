package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.ChatNode;
import dev.confab.testkit.Eventually;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are deleted for good, on real servers and through two gateways. */
class RetentionIT {

    private final RestClient rest = new RestClient();

    private JsonNode say(URI gateway, RestClient.Account sender, String room, String name, String text) {
        return rest.post(gateway, "/rooms/" + room + "/messages?wait=persisted", sender, RestClient.message(name, text))
                .expect(201)
                .body();
    }

    /** A worker whose clock is a hundred days ahead takes what was said a moment ago for old. */
    @Test
    void whatIsOldIsArchivedAndDeletedAndNobodyIsToldOtherwise(@TempDir Path archive) throws Exception {
        try (Installation installation = new Installation()) {
            List<URI> gateways = Installation.urls(installation.start(2, "serve"));
            URI here = gateways.getFirst();
            URI there = gateways.getLast();
            RestClient.Account kim = rest.register(here, "Kim");
            RestClient.Account lee = rest.register(there, "Lee");
            String room = rest.createRoom(here, kim, List.of(lee));
            String name = UUID.randomUUID().toString();
            JsonNode first = say(here, kim, room, name, "first");
            JsonNode last = say(here, kim, room, UUID.randomUUID().toString(), "last");

            Map<String, String> environment = new HashMap<>(installation.environment());
            environment.put("CONFAB_ROLES", "worker");
            environment.put("CONFAB_RETENTION", "90d");
            environment.put("CONFAB_RETENTION_ARCHIVE_DIR", archive.toString());
            Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(100));
            try (ChatNode worker = ChatNode.start(new ConfigReader(environment, "ahead").read(Map.of()), ahead)) {
                assertThat(worker.httpPort()).isZero();
                Eventually.holds(() -> assertThat(rest.get(there, "/rooms/" + room + "/messages", lee)
                                .expect(200)
                                .body()
                                .path("items"))
                        .isEmpty());
            }

            try (Stream<Path> files = Files.walk(archive);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(
                            new GZIPInputStream(Files.newInputStream(files.filter(Files::isRegularFile)
                                    .findFirst()
                                    .orElseThrow())),
                            StandardCharsets.UTF_8))) {
                assertThat(lines.lines()).anyMatch(line -> line.contains("\"content\":\"first\""));
            }
            RestClient.Answer gone = rest.get(there, "/rooms/" + room + "/events?afterSeq=0", lee);
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.body().path("code").asText()).isEqualTo("gone");
            SocketClient back = SocketClient.connect(rest, there, lee);
            JsonNode entry = back.resume(room, 0);
            assertThat(entry.path("recovered").asBoolean()).isFalse();
            assertThat(entry.path("gap").path("purged").asBoolean()).isTrue();
            assertThat(rest.get(there, "/unread", lee).body().path("total").asInt())
                    .isZero();

            JsonNode again = say(there, kim, room, name, "sent again");
            assertThat(again.path("id")).isEqualTo(first.path("id"));
            assertThat(again.path("seq")).isEqualTo(first.path("seq"));
            JsonNode next = say(there, kim, room, UUID.randomUUID().toString(), "next");
            assertThat(next.path("seq").asLong()).isGreaterThan(last.path("seq").asLong());
            assertThat(next.path("id").asText()).isGreaterThan(last.path("id").asText());
            back.awaitMessages(room, 1);
            assertThat(back.messages(room).getFirst().path("id")).isEqualTo(next.path("id"));
            assertThat(rest.get(here, "/unread", lee).body().path("total").asInt())
                    .isEqualTo(1);
            back.abort();
        }
    }
}
