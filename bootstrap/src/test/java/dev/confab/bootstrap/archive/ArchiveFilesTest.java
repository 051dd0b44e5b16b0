package dev.confab.bootstrap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final RoomId room = RoomId.random();

    private ChatEvent.Timeline event(long seq, String content) {
        return new ChatEvent.MessagePosted(new Message(
                new MessageId(seq << 16, seq),
                new Sequence(seq),
                room,
                UserId.random(),
                "Kim",
                ClientMessageId.random(),
                MessageType.TEXT,
                content,
                null,
                List.of(),
                Instant.ofEpochMilli(seq),
                null,
                null));
    }

    private List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aPartIsOneFileWithALineForEachEvent() throws IOException {
        Path made = folder.resolve("not").resolve("there");

        new ArchiveFiles(made).keep(room, List.of(event(7, "one\ntwo"), event(8, "점심")));

        Path file = made.resolve(room.toString()).resolve("7-8.jsonl.gz");
        assertThat(files()).containsExactly(file);
        List<String> lines = lines(file);
        assertThat(lines).hasSize(2);
        JsonNode first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.path("event").asText()).isEqualTo("newMessage");
        assertThat(first.path("seq").asLong()).isEqualTo(7);
        assertThat(first.path("data").path("content").asText()).isEqualTo("one\ntwo");
        assertThat(new JsonMapper()
                        .readTree(lines.getLast())
                        .path("data")
                        .path("content")
                        .asText())
                .isEqualTo("점심");
    }

    @Test
    void theSamePartOnceMoreTakesThePlaceOfTheFirst() throws IOException {
        ArchiveFiles archive = new ArchiveFiles(folder);
        archive.keep(room, List.of(event(1, "a")));
        Path file = files().getFirst();
        Files.writeString(file.resolveSibling(file.getFileName() + ".part"), "left behind by a crash");

        archive.keep(room, List.of(event(1, "b")));

        assertThat(files()).containsExactly(file);
        assertThat(lines(file)).singleElement().asString().contains("\"content\":\"b\"");
    }

    @Test
    void whatCannotBeKeptIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> new ArchiveFiles(file).keep(room, List.of(event(1, "a"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(room.toString());
    }
}
