package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CompareCommandTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine command = new CommandLine(new CompareCommand(Clock.systemUTC()))
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output));

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingIsStarted() {
        assertThat(command.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(output.toString()).contains("name another build's JAR");
        assertThat(command.execute("no-such.jar")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(output.toString()).contains("there is no file no-such.jar");
        assertThat(command.execute("--turns", "0", "--set", "A=b")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(output.toString()).contains("--turns is 1 to 100").doesNotContain("Starting");
    }

    @Test
    void aQuantileLiesBetweenItsNeighbours() {
        List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);

        assertThat(CompareBench.quantile(values, 0)).isEqualTo(1);
        assertThat(CompareBench.quantile(values, 0.5)).isCloseTo(2.5, within(1e-9));
        assertThat(CompareBench.quantile(values, 0.25)).isCloseTo(1.75, within(1e-9));
        assertThat(CompareBench.quantile(values, 1)).isEqualTo(4);
        assertThat(CompareBench.quantile(List.of(7.0), 0.5)).isEqualTo(7);
    }
}
