package dev.confab.bootstrap.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the rules for Prometheus are about is there to be scraped. */
class AlertRulesTest {

    private static final Path RULES = Path.of("../docs/alerts.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:confab|jvm|process)_[a-z_]+");
    private static final Pattern SCRAPED = Pattern.compile("(?m)^([a-z_]+)(?:\\{[^}]*})? ");

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(matcher.groupCount()));
        }
        return names;
    }

    private static String scrape(ChatNode node) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + node.managementPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void everyMetricOfARuleIsAnsweredByAProcessWithAllRoles() throws Exception {
        Set<String> named = found(METRIC, Files.readString(RULES));
        assertThat(named).hasSizeGreaterThan(8);
        ConfigReader reader = new ConfigReader(
                Map.of(
                        "CONFAB_BACKEND", "memory",
                        "CONFAB_ROLES", "gateway,worker,notifier",
                        "CONFAB_JWT_SECRET", "a secret for tests that is long enough",
                        "CONFAB_HTTP_PORT", "0",
                        "CONFAB_MANAGEMENT_PORT", "0"),
                "alerts");
        try (ChatNode node = ChatNode.start(reader.read(Map.of()), Clock.systemUTC())) {
            assertThat(found(SCRAPED, scrape(node))).containsAll(named);
            Eventually.holds(() -> assertThat(scrape(node))
                    .contains("confab_dead_letters_open 0.0")
                    .contains("confab_commands_waiting 0.0")
                    .contains("confab_dead_letters_total{cause=\"unreadable\"} 0.0"));
        }
    }
}
