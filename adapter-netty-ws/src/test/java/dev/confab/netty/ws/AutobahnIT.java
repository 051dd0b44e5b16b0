package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The Autobahn test suite for WebSocket against the real pipeline in echo mode: sections 1 to 7 and 10. Sections 9 and
 * above but 10 are about speed and compression, which is not offered. The suite is Python and runs on Jython in a Java
 * process of its own; the build puts its jars into {@code target/autobahn}.
 */
class AutobahnIT {

    private static final Path FOLDER = Path.of("target", "autobahn");
    private static final int MINUTES = 8;
    private static final int CASES = 240;
    private static final JsonMapper JSON = new JsonMapper();

    private static final String SCRIPT = """
            import sys
            sys.argv = ['wstest', '--mode=fuzzingclient', '--spec=spec.json']
            from autobahntestsuite import wstest
            wstest.run()
            """;

    @Test
    void noCaseOfSectionsOneToSevenAndTenFails() throws Exception {
        try (EchoServer server = new EchoServer()) {
            writeSpec(server.port());
            runSuite();
        }

        JsonNode cases =
                JSON.readTree(FOLDER.resolve("reports/index.json").toFile()).path("confab");
        List<String> failed = new ArrayList<>();
        cases.properties().forEach(entry -> {
            JsonNode result = entry.getValue();
            if (isBad(result.path("behavior")) || isBad(result.path("behaviorClose"))) {
                failed.add(entry.getKey() + " " + result);
            }
        });
        assertThat(failed).isEmpty();
        assertThat(cases).hasSizeGreaterThan(CASES);
    }

    private static boolean isBad(JsonNode behavior) {
        return !List.of("OK", "NON-STRICT", "INFORMATIONAL").contains(behavior.asText());
    }

    private static void writeSpec(int port) throws IOException {
        Files.writeString(FOLDER.resolve("spec.json"), """
                {
                  "outdir": "reports",
                  "servers": [{"agent": "confab", "url": "ws://127.0.0.1:%d/ws", "options": {"version": 18}}],
                  "cases": ["1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"],
                  "exclude-cases": [],
                  "exclude-agent-cases": {}
                }
                """.formatted(port));
    }

    private static void runSuite() throws Exception {
        List<String> jars;
        try (var files = Files.list(FOLDER)) {
            jars = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
        assertThat(jars).as("the suite and Jython, in %s", FOLDER).hasSize(2);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process suite = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        String.join(File.pathSeparator, jars),
                        "org.python.util.jython",
                        "-c",
                        SCRIPT)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("suite.log").toFile())
                .start();
        try {
            assertThat(suite.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("the suite ended, see suite.log")
                    .isTrue();
        } finally {
            suite.destroyForcibly().waitFor();
        }
    }
}
