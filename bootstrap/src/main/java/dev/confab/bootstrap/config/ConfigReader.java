package dev.confab.bootstrap.config;

import dev.confab.bootstrap.content.BannedWordsFile;
import dev.confab.chat.model.AdmissionSettings;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ServerId;
import dev.confab.netty.http.AllowedOrigins;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.RateLimit;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a configuration from the environment and a properties file with the same keys; the environment wins. */
public final class ConfigReader {

    /** Names the properties file. */
    public static final String FILE_KEY = "CONFAB_CONFIG";

    private static final String PREFIX = "CONFAB_";
    /** Keys that others read: the launcher, and commands that are not a server. */
    private static final Set<String> FOREIGN = Set.of(FILE_KEY, "CONFAB_DATA", "CONFAB_URL", "CONFAB_JAVA_OPTS");

    private static final Duration LINGER = Duration.ofMillis(1);
    private static final Duration LONGEST_LINGER = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private final String randomServerId;

    /** @param randomServerId what this server is called unless it is configured */
    public ConfigReader(Map<String, String> environment, String randomServerId) {
        this.environment = environment;
        this.randomServerId = randomServerId;
    }

    /**
     * Reads everything.
     *
     * @param fixed settings that the caller decides, over the environment and the file
     * @throws ConfigException with all that is wrong
     */
    public ConfabConfig read(Map<String, String> fixed) {
        Settings fileProblems = new Settings(Map.of());
        Properties file = file(fileProblems);
        Settings settings = new Settings(values(file, fixed));
        ConfabConfig config = read(settings);
        for (String key : file.stringPropertyNames()) {
            if (!settings.asked().contains(key) && !KEYS_OF_EXTERNAL.contains(key) && !FOREIGN.contains(key)) {
                settings.problem(key, "a setting of that name in the file", "one of " + known(settings));
            }
        }
        throwing(fileProblems, settings);
        return config;
    }

    /**
     * Reads where the database is and nothing else, for commands that need no more.
     *
     * @param local what holds where nothing is configured
     * @throws ConfigException with all that is wrong
     */
    public Backend.Database readDatabase(Map<String, String> local) {
        return readPart(local, ConfigReader::database);
    }

    /**
     * Reads where the servers are and nothing else, likewise.
     *
     * @param local what holds where nothing is configured
     * @throws ConfigException with all that is wrong
     */
    public Backend.External readServers(Map<String, String> local) {
        return readPart(local, ConfigReader::external);
    }

    private <T> T readPart(Map<String, String> local, Function<Settings, T> part) {
        Settings fileProblems = new Settings(Map.of());
        Map<String, String> values = values(file(fileProblems), Map.of());
        Settings settings = new Settings(values.containsKey("CONFAB_DB_URL") ? values : local);
        T read = part.apply(settings);
        throwing(fileProblems, settings);
        return read;
    }

    /** What the environment or the file say of a key, unchecked; null when neither does. */
    public @Nullable String configured(String key) {
        return new Settings(values(file(new Settings(Map.of())), Map.of())).find(key);
    }

    private Map<String, String> values(Properties file, Map<String, String> fixed) {
        Map<String, String> values = new TreeMap<>();
        file.stringPropertyNames().forEach(key -> values.put(key, file.getProperty(key)));
        environment.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key, value);
            }
        });
        values.putAll(fixed);
        return values;
    }

    private static void throwing(Settings fileProblems, Settings settings) {
        List<ConfigProblem> problems = Stream.concat(fileProblems.problems().stream(), settings.problems().stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static final Set<String> KEYS_OF_EXTERNAL = Set.of(
            "CONFAB_DB_URL",
            "CONFAB_DB_USER",
            "CONFAB_DB_PASSWORD",
            "CONFAB_DB_POOL",
            "CONFAB_KAFKA_BROKERS",
            "CONFAB_KAFKA_REPLICATION",
            "CONFAB_KAFKA_MIN_INSYNC",
            "CONFAB_KAFKA_LINGER",
            "CONFAB_REDIS_URL",
            "CONFAB_NAMESPACE");

    private static String known(Settings settings) {
        Set<String> keys = new java.util.TreeSet<>(settings.asked());
        keys.addAll(KEYS_OF_EXTERNAL);
        return String.join(", ", keys);
    }

    private Properties file(Settings problems) {
        Properties properties = new Properties();
        String name = environment.get(FILE_KEY);
        if (name == null || name.isBlank()) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.problem(FILE_KEY, Settings.quoted(name), "the path of a properties file that can be read");
        }
        return properties;
    }

    private ConfabConfig read(Settings settings) {
        ChatSettings chat = ChatSettings.defaults();
        return new ConfabConfig(
                roles(settings),
                new ServerId(settings.text("CONFAB_SERVER_ID", randomServerId)),
                settings.number("CONFAB_HTTP_PORT", 8080, 0, 65_535),
                settings.number("CONFAB_MANAGEMENT_PORT", 8081, 0, 65_535),
                settings.parsed("CONFAB_ALLOWED_ORIGINS", AllowedOrigins.OWN, ConfigReader::origins),
                TokenReader.read(settings),
                new ChatSettings(
                        settings.duration("CONFAB_JWT_TTL", chat.accessTokenTtl(), Duration.ofSeconds(1)),
                        settings.duration("CONFAB_REFRESH_TTL", chat.refreshTokenTtl(), Duration.ofSeconds(1)),
                        settings.number("CONFAB_SESSIONS_PER_USER", chat.sessionsPerUser(), 1, 10_000),
                        chat.presenceGrace(),
                        admission(settings, chat.admission())),
                limits(settings),
                WebhookReader.notifications(settings),
                WebhookReader.webhook(settings),
                bannedWords(settings),
                retention(settings),
                backend(settings));
    }

    private static AdmissionSettings admission(Settings settings, AdmissionSettings usual) {
        return new AdmissionSettings(
                settings.number("CONFAB_ADMISSION_AT_ONCE", usual.atOnce(), 1, 32),
                settings.number("CONFAB_ADMISSION_WAITING", usual.waiting(), 0, 1_000_000));
    }

    private static Set<Role> roles(Settings settings) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        String value = settings.text("CONFAB_ROLES", WebhookReader.usualRoles(settings));
        for (String name : value.split(",", -1)) {
            switch (name.trim().toLowerCase(Locale.ROOT)) {
                case "gateway" -> roles.add(Role.GATEWAY);
                case "worker" -> roles.add(Role.WORKER);
                case "notifier" -> roles.add(Role.NOTIFIER);
                default -> {
                    settings.problem(
                            "CONFAB_ROLES",
                            Settings.quoted(value),
                            "some of gateway, worker and notifier, separated by commas");
                    return EnumSet.allOf(Role.class);
                }
            }
        }
        return roles;
    }

    private static AllowedOrigins origins(String value) {
        return AllowedOrigins.of(
                Stream.of(value.split(",", -1)).map(String::trim).toList());
    }

    private static @Nullable Path bannedWords(Settings settings) {
        String key = "CONFAB_BANNED_WORDS_FILE";
        String name = settings.find(key);
        if (name == null) {
            return null;
        }
        try {
            Path file = Path.of(name);
            List<String> unused = BannedWordsFile.read(file);
            return file;
        } catch (IOException | InvalidPathException unreadable) {
            settings.problem(
                    key,
                    Settings.quoted(name) + ", which cannot be read",
                    "a text file in UTF-8 with a word or phrase in each line");
            return null;
        }
    }

    private static @Nullable Retention retention(Settings settings) {
        String key = "CONFAB_RETENTION";
        String archiveKey = "CONFAB_RETENTION_ARCHIVE_DIR";
        String archive = settings.find(archiveKey);
        boolean off = settings.text(key, "off").equals("off");
        if (off && archive == null) {
            return null;
        }
        Duration least = Duration.ofDays(1);
        Duration age = off ? null : settings.duration(key, least, least);
        if (archive != null) {
            try {
                Path folder = Path.of(archive);
                if (!Files.exists(folder) || (Files.isDirectory(folder) && Files.isWritable(folder))) {
                    return new Retention(age, folder);
                }
            } catch (InvalidPathException malformed) {
                // Told below, like a file that is no folder.
            }
        }
        settings.problem(
                archiveKey,
                archive == null ? "nothing" : Settings.quoted(archive),
                "a folder that can be written, for what is archived before it is deleted");
        return null;
    }

    private static LimitSettings limits(Settings settings) {
        LimitSettings defaults = LimitSettings.defaults();
        return new LimitSettings(
                limit(settings, "CONFAB_LIMIT_MESSAGES", defaults.messages()),
                limit(settings, "CONFAB_LIMIT_REST", defaults.rest()),
                limit(settings, "CONFAB_LIMIT_JOINS", defaults.joins()),
                limit(settings, "CONFAB_LIMIT_ADDRESS", defaults.address()),
                limit(settings, "CONFAB_LIMIT_REGISTER", defaults.register()),
                limit(settings, "CONFAB_LIMIT_LOGIN_FAILURES", defaults.loginFailures()),
                limit(settings, "CONFAB_LIMIT_CONNECTIONS", defaults.connections()));
    }

    private static RateLimit limit(Settings settings, String key, RateLimit fallback) {
        return settings.parsed(key, fallback, RateLimit::parse);
    }

    private static Backend backend(Settings settings) {
        String kind = settings.text("CONFAB_BACKEND", "external");
        return switch (kind) {
            case "memory" -> new Backend.Memory();
            case "external" -> external(settings);
            default -> {
                settings.problem("CONFAB_BACKEND", Settings.quoted(kind), "external or memory");
                yield new Backend.Memory();
            }
        };
    }

    private static Backend.External external(Settings settings) {
        int replication = settings.number("CONFAB_KAFKA_REPLICATION", 3, 1, 100);
        int minInSync = settings.number("CONFAB_KAFKA_MIN_INSYNC", Math.min(2, replication), 1, 100);
        if (minInSync > replication) {
            settings.problem(
                    "CONFAB_KAFKA_MIN_INSYNC",
                    Settings.quoted(String.valueOf(minInSync)),
                    "no more than CONFAB_KAFKA_REPLICATION, which is " + replication);
        }
        return new Backend.External(
                database(settings),
                settings.required("CONFAB_KAFKA_BROKERS", "host:port, several separated by commas"),
                replication,
                minInSync,
                linger(settings),
                settings.uri("CONFAB_REDIS_URL", "redis", "redis://host:port/database"),
                namespace(settings));
    }

    private static Duration linger(Settings settings) {
        Duration linger = settings.duration("CONFAB_KAFKA_LINGER", LINGER, Duration.ZERO);
        if (linger.compareTo(LONGEST_LINGER) > 0) {
            settings.problem("CONFAB_KAFKA_LINGER", Settings.quoted(linger.toMillis() + "ms"), "at most 1s");
        }
        return linger;
    }

    private static String namespace(Settings settings) {
        String namespace = settings.text("CONFAB_NAMESPACE", "");
        if (!namespace.matches("[a-z0-9.-]{0,40}")) {
            settings.problem(
                    "CONFAB_NAMESPACE", Settings.quoted(namespace), "at most 40 of a-z, 0-9, full stop and hyphen");
        }
        return namespace;
    }

    private static Backend.Database database(Settings settings) {
        return new Backend.Database(
                databaseUrl(settings),
                settings.required("CONFAB_DB_USER", "the database user"),
                settings.text("CONFAB_DB_PASSWORD", ""),
                settings.number("CONFAB_DB_POOL", 16, 2, 1_000));
    }

    private static String databaseUrl(Settings settings) {
        String expected = "jdbc:postgresql://host:port/database";
        String url = settings.required("CONFAB_DB_URL", expected);
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            settings.problem("CONFAB_DB_URL", "another kind of URL", expected);
        }
        return url;
    }
}
