package dev.confab.bootstrap.content;

import dev.confab.chat.inmemory.BannedWords;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.out.ContentPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses messages with words that a file names: one word or phrase in each line, lines that begin with {@code #} and
 * empty ones left out. The file is read again every 2 s, so that a change counts without a restart; while it cannot be
 * read the words of before count. Safe on any thread.
 */
public final class BannedWordsFile implements ContentPolicy, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BannedWordsFile.class);

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private record Words(List<String> list, BannedWords policy) {
        static Words of(List<String> list) {
            return new Words(list, new BannedWords(list));
        }
    }

    private final Path file;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-banned-words").factory());

    private volatile Words words;
    private volatile boolean readable = true;

    private BannedWordsFile(Path file, Words words) {
        this.file = file;
        this.words = words;
    }

    /**
     * Reads the file and keeps an eye on it until it is closed.
     *
     * @throws UncheckedIOException when it cannot be read now
     */
    public static BannedWordsFile watch(Path file) {
        return watch(file, EVERY);
    }

    static BannedWordsFile watch(Path file, Duration every) {
        try {
            BannedWordsFile watched = new BannedWordsFile(file, Words.of(read(file)));
            var unused = watched.timer.scheduleWithFixedDelay(
                    watched::readAgain, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            return watched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The words of a file.
     *
     * @throws IOException when it cannot be read or is not UTF-8
     */
    public static List<String> read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .replace(BYTE_ORDER_MARK, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private void readAgain() {
        try {
            List<String> now = read(file);
            if (!now.equals(words.list())) {
                words = Words.of(now);
                LOG.info("{} bans {} words and phrases now", file, now.size());
            }
            readable = true;
        } catch (IOException | RuntimeException e) {
            if (readable) {
                LOG.warn("{} cannot be read, the words of before count: {}", file, e.toString());
            }
            readable = false;
        }
    }

    @Override
    public Optional<Violation> check(MessageBody body) {
        return words.policy().check(body);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
