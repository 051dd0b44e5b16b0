package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The commands of the launcher that operators use, each as a process of its own. */
final class OperatorCommands {

    private static final int PATIENCE_SECONDS = 120;

    private final Map<String, String> environment;

    OperatorCommands(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What it printed, after it ended with that exit code. */
    String run(int expected, String... arguments) {
        try {
            ServerProcess process = ServerProcess.start(environment, "dev.confab.bootstrap.Main", arguments);
            int code = process.awaitExit(PATIENCE_SECONDS);
            assertThat(code)
                    .as("%s printed %s", Arrays.toString(arguments), process.output())
                    .isEqualTo(expected);
            return process.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON document that it printed. */
    JsonNode json(String... arguments) {
        String printed = run(0, arguments);
        try {
            return RestClient.JSON.readTree(printed.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no JSON in " + printed)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(printed, e);
        }
    }

    /** The open dead letters. */
    List<JsonNode> letters(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters", "list", "--json", "--limit", "1000"));
        all.addAll(List.of(arguments));
        List<JsonNode> letters = new ArrayList<>();
        json(all.toArray(String[]::new)).path("items").forEach(letters::add);
        return letters;
    }
}
