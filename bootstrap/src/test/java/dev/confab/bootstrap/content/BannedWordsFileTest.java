package dev.confab.bootstrap.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.testkit.ContentPolicyContract;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BannedWordsFileTest implements ContentPolicyContract {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final Deque<BannedWordsFile> open = new ArrayDeque<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void close() {
        open.forEach(BannedWordsFile::close);
    }

    private BannedWordsFile watch(String text) throws IOException {
        Path file = folder.resolve("words.txt");
        Files.writeString(file, text);
        BannedWordsFile watched = BannedWordsFile.watch(file, OFTEN);
        open.add(watched);
        return watched;
    }

    @Override
    public ContentPolicy banning(List<String> words) {
        try {
            return watch(String.join("\n", words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean allows(ContentPolicy policy, String text) {
        return policy.check(new MessageBody(MessageType.TEXT, text)).isEmpty();
    }

    @Test
    void remarksAndEmptyLinesAreNoWords() throws IOException {
        ContentPolicy policy = watch("\uFEFF# our list\r\n\r\n  darn  \r\nheck");

        assertThat(allows(policy, "darn")).isFalse();
        assertThat(allows(policy, "heck")).isFalse();
        assertThat(allows(policy, "# our list")).isTrue();
    }

    @Test
    void aChangeCountsWithoutARestart() throws IOException {
        ContentPolicy policy = watch("darn");

        Path next = Files.writeString(folder.resolve("next.txt"), "heck");
        Files.move(next, folder.resolve("words.txt"), StandardCopyOption.REPLACE_EXISTING);

        Eventually.holds(() -> assertThat(allows(policy, "heck")).isFalse());
        assertThat(allows(policy, "darn")).isTrue();
    }

    @Test
    void aFileThatGoesAwayOrBreaksLeavesTheWordsOfBefore() throws IOException {
        ContentPolicy policy = watch("darn");
        Path file = folder.resolve("words.txt");

        Files.delete(file);
        assertThat(allows(policy, "darn")).isFalse();
        Files.write(file, "h\u00e9ck".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(allows(policy, "darn")).isFalse();
        Files.writeString(file, "heck");

        Eventually.holds(() -> assertThat(allows(policy, "heck")).isFalse());
    }

    @Test
    void aFileThatIsNotThereIsToldAtTheStart() {
        assertThatThrownBy(() -> BannedWordsFile.watch(folder.resolve("missing"), OFTEN))
                .isInstanceOf(UncheckedIOException.class);
    }
}
