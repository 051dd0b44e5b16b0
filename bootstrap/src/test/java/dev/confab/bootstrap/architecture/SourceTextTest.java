package dev.confab.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.architecture.SourceText.Ban;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ban on a text holds in all modules, and is broken by a file written for it. */
class SourceTextTest {

    private static final Path PROJECT = Modules.project();

    private static final String MISTAKES = """
            // TODO tidy
            @Disabled
            @Disabled()
            class Mistakes {
                void wait() {
                    Thread.sleep(100);
                    LockSupport.parkNanos(100);
                    assertTrue(true);
                    fault.printStackTrace();
                    throw new UnsupportedOperationException();
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void allModulesAreLookedAt() {
        assertThat(SourceText.sources(PROJECT))
                .extracting(file -> PROJECT.relativize(file).getName(0).toString())
                .contains(
                        "adapter-jdbi",
                        "adapter-kafka",
                        "adapter-netty-ws",
                        "adapter-redis",
                        "bench",
                        "bootstrap",
                        "chat-domain",
                        "chat-testkit",
                        "local-stack");
    }

    @ParameterizedTest
    @MethodSource("bans")
    void noSourceBreaks(Ban ban) {
        List<String> violations = SourceText.sources(PROJECT).stream()
                .filter(ban.where())
                .flatMap(file -> SourceText.violations(ban, file).stream())
                .toList();

        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bans")
    void aFileWithMistakesBreaks(Ban ban) throws IOException {
        Path file = Files.writeString(folder.resolve("Mistakes.java"), MISTAKES);

        assertThat(SourceText.violations(ban, file)).isNotEmpty();
    }

    @Test
    void aSwitchedOffTestWithItsReasonIsFine() throws IOException {
        Path file = Files.writeString(folder.resolve("Fine.java"), "@Disabled(\"needs a second network card\")");

        assertThat(SourceText.bans())
                .allSatisfy(ban -> assertThat(SourceText.violations(ban, file)).isEmpty());
    }

    @Test
    void sourcesAreShort() {
        assertThat(SourceText.sources(PROJECT))
                .filteredOn(file -> SourceText.lines(file) > SourceText.MAX_LINES)
                .isEmpty();
    }

    @Test
    void aLongFileIsCountedAsLong() throws IOException {
        Path file = Files.writeString(folder.resolve("Long.java"), "//\n".repeat(SourceText.MAX_LINES + 1));

        assertThat(SourceText.lines(file)).isGreaterThan(SourceText.MAX_LINES);
    }

    static Stream<Ban> bans() {
        return SourceText.bans().stream();
    }
}
