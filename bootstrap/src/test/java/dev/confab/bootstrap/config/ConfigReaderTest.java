package dev.confab.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.chat.model.ServerId;
import dev.confab.netty.auth.TokenSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    private static final Map<String, String> COMPLETE = Map.of(
            "CONFAB_DB_URL", "jdbc:postgresql://db/confab",
            "CONFAB_DB_USER", "confab",
            "CONFAB_DB_PASSWORD", "very secret",
            "CONFAB_KAFKA_BROKERS", "kafka:9092",
            "CONFAB_REDIS_URL", "redis://:hidden@redis:6379/0",
            "CONFAB_JWT_SECRET", "0123456789abcdef0123456789abcdef");

    @TempDir
    private Path folder;

    @Test
    void whatIsNotConfiguredHasItsDefault() {
        ConfabConfig config = read(COMPLETE);
        assertThat(config.roles()).containsExactly(Role.GATEWAY, Role.WORKER);
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.managementPort()).isEqualTo(8081);
        assertThat(config.serverId()).isEqualTo(new ServerId("random-1"));
        assertThat(config.chat().accessTokenTtl()).isEqualTo(Duration.ofDays(1));
        assertThat(config.limits().messages()).hasToString("20/s burst 60");
        assertThat(((Backend.External) config.backend()).kafkaReplication()).isEqualTo(3);
        assertThat(((Backend.External) config.backend()).kafkaMinInSync()).isEqualTo(2);
    }

    @Test
    void everyProblemIsToldAtOnceWithWhatWasFoundAndWhatIsExpected() {
        Map<String, String> wrong = Map.of(
                "CONFAB_ROLES", "gateway,waiter",
                "CONFAB_HTTP_PORT", "eighty",
                "CONFAB_MANAGEMENT_PORT", "70000",
                "CONFAB_JWT_SECRET", "short",
                "CONFAB_JWT_TTL", "soon",
                "CONFAB_LIMIT_MESSAGES", "many",
                "CONFAB_DB_URL", "mysql://db",
                "CONFAB_KAFKA_REPLICATION", "1",
                "CONFAB_KAFKA_MIN_INSYNC", "2",
                "CONFAB_REDIS_URL", "http://redis");
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        told -> assertThat(told.problems())
                                .extracting(ConfigProblem::key)
                                .containsExactlyInAnyOrder(
                                        "CONFAB_ROLES",
                                        "CONFAB_HTTP_PORT",
                                        "CONFAB_MANAGEMENT_PORT",
                                        "CONFAB_JWT_SECRET",
                                        "CONFAB_JWT_TTL",
                                        "CONFAB_LIMIT_MESSAGES",
                                        "CONFAB_DB_URL",
                                        "CONFAB_DB_USER",
                                        "CONFAB_KAFKA_BROKERS",
                                        "CONFAB_KAFKA_MIN_INSYNC",
                                        "CONFAB_REDIS_URL"));
        assertThatThrownBy(() -> read(Map.of("CONFAB_BACKEND", "memory", "CONFAB_HTTP_PORT", "eighty")))
                .hasMessageContaining("CONFAB_HTTP_PORT: found 'eighty', expected a whole number from 0 to 65535")
                .hasMessageContaining("CONFAB_JWT_SECRET: found nothing, expected a secret of at least 32 bytes");
    }

    @Test
    void acceptedMessagesMayWaitForOthersUpToASecond() {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        assertThat(linger(environment)).isEqualTo(Duration.ofMillis(1));
        environment.put("CONFAB_KAFKA_LINGER", "0ms");
        assertThat(linger(environment)).isZero();
        environment.put("CONFAB_KAFKA_LINGER", "2s");
        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining("CONFAB_KAFKA_LINGER: found '2000ms', expected at most 1s");
    }

    private Duration linger(Map<String, String> environment) {
        return ((Backend.External) read(environment).backend()).kafkaLinger();
    }

    @Test
    void messagesAreKeptForEverUnlessAFolderIsThereToArchiveThemIn() throws Exception {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        assertThat(read(environment).retention()).isNull();
        environment.put("CONFAB_RETENTION", "off");
        assertThat(read(environment).retention()).isNull();

        environment.put("CONFAB_RETENTION", "90d");
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("CONFAB_RETENTION_ARCHIVE_DIR: found nothing");
        environment.put(
                "CONFAB_RETENTION_ARCHIVE_DIR",
                Files.writeString(folder.resolve("file"), "x").toString());
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("CONFAB_RETENTION_ARCHIVE_DIR: found '");
        environment.put("CONFAB_RETENTION_ARCHIVE_DIR", folder.toString());
        assertThat(read(environment).retention()).isEqualTo(new Retention(Duration.ofDays(90), folder));

        environment.put("CONFAB_RETENTION", "off");
        assertThat(read(environment).retention())
                .as("for rooms with a rule of their own")
                .isEqualTo(new Retention(null, folder));

        environment.put("CONFAB_RETENTION", "23h");
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("CONFAB_RETENTION: found '23h'");
    }

    @Test
    void aHostsKeysStandInForTheSecret() throws Exception {
        Path file = folder.resolve("keys.pem");
        Files.writeString(file, pem(2_048));
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.remove("CONFAB_JWT_SECRET");
        environment.put("CONFAB_JWT_PUBLIC_KEY_FILE", file.toString());
        environment.put("CONFAB_JWT_ISSUER", "https://id.example.com");

        TokenSettings tokens = read(environment).tokens();

        assertThat(tokens.secret()).isNull();
        assertThat(tokens.host()).isNotNull();
        assertThat(tokens.host().issuer()).isEqualTo("https://id.example.com");
        assertThat(tokens.host().audience()).isNull();
        assertThat(read(COMPLETE).tokens().host()).isNull();
    }

    @Test
    void keysThatCannotBeUsedAreTold() throws Exception {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("CONFAB_JWT_AUDIENCE", "chat");
        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining(
                        "CONFAB_JWT_AUDIENCE: found 'chat', expected nothing without CONFAB_JWT_PUBLIC_KEY_FILE");
        environment.put("CONFAB_JWT_PUBLIC_KEY_FILE", folder.resolve("missing").toString());
        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining("CONFAB_JWT_PUBLIC_KEY_FILE: found '")
                .hasMessageContaining("which cannot be read, expected a file of PEM public keys or a JWKS");
        Path weak = folder.resolve("weak.pem");
        Files.writeString(weak, pem(1_024));
        environment.put("CONFAB_JWT_PUBLIC_KEY_FILE", weak.toString());
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("with other content, expected a file of PEM");
    }

    @Test
    void aFileOfBannedWordsMustBeReadable() throws IOException {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("CONFAB_BANNED_WORDS_FILE", folder.resolve("words").toString());
        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining("CONFAB_BANNED_WORDS_FILE: found '")
                .hasMessageContaining("which cannot be read, expected a text file in UTF-8");

        Files.writeString(folder.resolve("words"), "darn");
        assertThat(read(environment).bannedWords()).isEqualTo(folder.resolve("words"));
        assertThat(read(COMPLETE).bannedWords()).isNull();
    }

    @Test
    void aWebhookBringsTheRoleThatUsesItUnlessRolesAreChosen() {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        assertThat(read(environment).webhook()).isNull();
        assertThat(read(environment).notifications().after()).isEqualTo(Duration.ofSeconds(30));
        environment.put("CONFAB_WEBHOOK_URL", "https://example.com/hooks/chat?product=7");
        environment.put("CONFAB_WEBHOOK_SECRET", "0123456789abcdef0123456789abcdef");
        environment.put("CONFAB_NOTIFY_AFTER", "5s");

        ConfabConfig config = read(environment);

        assertThat(config.roles()).containsExactly(Role.GATEWAY, Role.WORKER, Role.NOTIFIER);
        WebhookSettings webhook = Objects.requireNonNull(config.webhook());
        assertThat(webhook.url()).isEqualTo(URI.create("https://example.com/hooks/chat?product=7"));
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.notifications().after()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.toString() + webhook).doesNotContain("0123456789");
        environment.put("CONFAB_ROLES", "gateway");
        assertThat(read(environment).roles()).containsExactly(Role.GATEWAY);
        environment.put("CONFAB_ROLES", "notifier");
        environment.remove("CONFAB_WEBHOOK_URL");
        assertThat(read(environment).roles()).containsExactly(Role.NOTIFIER);
    }

    @Test
    void aWebhookThatCannotBeUsedIsToldWithoutItsSecrets() {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("CONFAB_WEBHOOK_URL", "https://example.com/hook");
        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining("CONFAB_WEBHOOK_SECRET: found nothing, expected a secret of at least 32 bytes");
        environment.put("CONFAB_WEBHOOK_SECRET", "tooshort");
        environment.put("CONFAB_NOTIFY_AFTER", "soon");
        environment.put("CONFAB_WEBHOOK_TIMEOUT", "0s");
        environment.put("CONFAB_WEBHOOK_ATTEMPTS", "0");
        for (String url : List.of("ftp://example.com", "example.com/hook", "https://:pw@example.com", "http:///x")) {
            environment.put("CONFAB_WEBHOOK_URL", url);
            assertThatThrownBy(() -> read(environment))
                    .hasMessageContaining(
                            "CONFAB_WEBHOOK_URL: found another kind of text, expected http://host/path or https")
                    .hasMessageContaining("CONFAB_WEBHOOK_SECRET: found one of 8 bytes, expected")
                    .hasMessageContaining("CONFAB_NOTIFY_AFTER: found 'soon'")
                    .hasMessageContaining("CONFAB_WEBHOOK_TIMEOUT: found '0s'")
                    .hasMessageContaining("CONFAB_WEBHOOK_ATTEMPTS: found '0', expected a whole number from 1 to 20")
                    .hasMessageNotContaining("tooshort")
                    .hasMessageNotContaining("pw@");
        }
    }

    private static String pem(int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    @Test
    void noSecretIsShown() {
        assertThat(read(COMPLETE).toString()).doesNotContain("very secret", "hidden", "0123456789");
        Map<String, String> wrong = new HashMap<>(COMPLETE);
        wrong.put("CONFAB_REDIS_URL", "https://:hidden@redis");
        wrong.put("CONFAB_JWT_SECRET", "tooshort");
        assertThatThrownBy(() -> read(wrong)).hasMessageNotContaining("hidden").hasMessageNotContaining("tooshort");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = folder.resolve("confab.properties");
        Files.writeString(file, "CONFAB_HTTP_PORT=9000\nCONFAB_MANAGEMENT_PORT=9001\n");
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("CONFAB_CONFIG", file.toString());
        environment.put("CONFAB_HTTP_PORT", "9090");
        ConfabConfig config = read(environment);
        assertThat(config.httpPort()).isEqualTo(9090);
        assertThat(config.managementPort()).isEqualTo(9001);
    }

    @Test
    void aMisspeltKeyInTheFileIsTold() throws IOException {
        Path file = folder.resolve("confab.properties");
        Files.writeString(file, "CONFAB_HTTP_PROT=9000\n");
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("CONFAB_CONFIG", file.toString());
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("CONFAB_HTTP_PROT");
        environment.put("CONFAB_CONFIG", folder.resolve("missing").toString());
        assertThatThrownBy(() -> read(environment)).hasMessageContaining("CONFAB_CONFIG");
    }

    private static ConfabConfig read(Map<String, String> environment) {
        return new ConfigReader(environment, "random-1").read(Map.of());
    }
}
