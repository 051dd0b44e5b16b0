package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TortureCommandTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine command = new CommandLine(new TortureCommand(Clock.systemUTC()))
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output));

    @Test
    void aRoundHasTheSameSeedWhereverOneBegins() {
        assertThat(command.execute("--schedule", "--seed", "100", "--rounds", "20"))
                .isZero();
        String all = output.toString();
        output.getBuffer().setLength(0);

        assertThat(command.execute("--schedule", "--seed", "100", "--rounds", "20", "--first-round", "13"))
                .isZero();

        assertThat(all).contains("round 13 seed 112: ").endsWith(output.toString());
        assertThat(output.toString().lines()).hasSize(8);
    }

    @Test
    void onlyWhatIsAskedForHappens() {
        assertThat(command.execute("--schedule", "--seed", "1", "--rounds", "50", "--faults", "stop,cut"))
                .isZero();

        assertThat(output.toString())
                .contains("stop worker-2", "cut redis")
                .doesNotContain("kill", "restart", "restore", "poison");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(command.execute("--faults", "kill,meteor")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(output.toString()).contains("there is no fault 'meteor'");
        assertThat(command.execute("--first-round", "3", "--rounds", "2")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(command.execute("--seconds-per-round", "1")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
