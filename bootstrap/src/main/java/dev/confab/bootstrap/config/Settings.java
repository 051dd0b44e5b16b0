package dev.confab.bootstrap.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings one by one and remembers everything that is wrong with them. Used by one thread. */
final class Settings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final Map<String, String> values;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Settings(Map<String, String> values) {
        this.values = values;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    Set<String> asked() {
        return asked;
    }

    void problem(String key, String found, String expected) {
        problems.add(new ConfigProblem(key, found, expected));
    }

    /** The value as it stands; null when it is missing or empty. */
    @Nullable
    String find(String key) {
        asked.add(key);
        String value = values.get(key);
        return value == null || value.isBlank() ? null : value.trim();
    }

    String text(String key, String fallback) {
        String value = find(key);
        return value == null ? fallback : value;
    }

    String required(String key, String expected) {
        String value = find(key);
        if (value == null) {
            problem(key, "nothing", expected);
            return "";
        }
        return value;
    }

    int number(String key, int fallback, int least, int most) {
        String value = find(key);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        problem(key, quoted(value), "a whole number from " + least + " to " + most);
        return fallback;
    }

    Duration duration(String key, Duration fallback, Duration least) {
        String value = find(key);
        if (value == null) {
            return fallback;
        }
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            if (duration.compareTo(least) >= 0) {
                return duration;
            }
        }
        problem(key, quoted(value), "a duration of at least " + least.toSeconds() + "s, such as 30s, 15m, 12h or 1d");
        return fallback;
    }

    URI uri(String key, String scheme, String expected) {
        String value = required(key, expected);
        try {
            URI uri = new URI(value);
            if (value.isEmpty() || (scheme.equals(uri.getScheme()) || (scheme + "s").equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // Told below. The value is not shown: it may hold a password.
        }
        problem(key, "another kind of text", expected);
        return URI.create("");
    }

    <T> T parsed(String key, T fallback, Function<String, T> parser) {
        String value = find(key);
        if (value == null) {
            return fallback;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException unreadable) {
            String message = unreadable.getMessage();
            problem(key, quoted(value), message == null ? "another form" : message.replaceFirst("^expected ", ""));
            return fallback;
        }
    }

    static String quoted(String value) {
        return "'" + value + "'";
    }
}
