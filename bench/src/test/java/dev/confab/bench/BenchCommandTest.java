package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine(Clock.systemUTC());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load --rate 0.01",
                "load --members 300",
                "load --users many",
                "load --kill-in-between --gateways 1",
                "load --surprise",
                "check",
                "P77",
                "P13 --clients 150"
            })
    void whatCannotBeIsRefusedInOneLine(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("confab bench");
    }

    @Test
    void aHistoryWithNothingWrongHolds() throws IOException {
        Path file = folder.resolve("history.jsonl");
        HistoryWriter.begin(file, Clock.systemUTC(), "nothing").close();

        assertThat(run("check", file.toString())).isZero();
        assertThat(out.toString()).contains("Everything held");
    }

    @Test
    void aHistoryWithSomethingWrongDoesNotHold() throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.begin(file, Clock.systemUTC(), "something")) {
            writer.write(new Operation.Accepted(writer.now(1, 1), "never-sent"));
        }

        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("PHANTOM (line 2): never-sent was accepted");
    }

    @Test
    void aFileThatIsNoHistoryIsSaidToBeNone() {
        assertThat(run("check", folder.resolve("missing").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
    }

    @Test
    void helpTellsOfTheLoadAndItsExamples() {
        assertThat(run("--help")).isZero();
        assertThat(run("load", "--help")).isZero();
        assertThat(out.toString()).contains("load", "check", "--find-max", "Examples:", "./confab bench load");
    }
}
