package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine command = new CommandLine(new SimulateCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output));

    @Test
    void oneSeedIsOneRun() {
        assertThat(command.execute("--seed", "3", "--length", "60")).isZero();

        assertThat(output.toString())
                .contains("seeds from 3 on, 60 moves each", " steps in 1 runs", "broken by seeds 3 to 3");
    }

    @Test
    void itEndsWhenSoManyStepsWereMade() {
        assertThat(command.execute("--seed", "3", "--length", "60", "--steps", "1000"))
                .isZero();

        assertThat(output.toString()).doesNotContain("in 1 runs");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(command.execute("--minutes", "0")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(output.toString()).contains("--minutes is 1 to 1440");
    }
}
