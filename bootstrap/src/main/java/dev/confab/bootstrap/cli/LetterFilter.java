package dev.confab.bootstrap.cli;

import dev.confab.chat.port.in.HandleDeadLetters;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which dead letters a command is about. */
final class LetterFilter {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Those that were parked since then: a time such as 2026-11-21T09:00:00Z, or how long ago,"
                    + " such as 90m, 2h or 3d.")
    private @Nullable String since;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Those whose reason contains this text.")
    private String reason = "";

    boolean isSet() {
        return since != null || !reason.isEmpty();
    }

    HandleDeadLetters.Filter read(CommandLine commandLine, boolean settled) {
        return new HandleDeadLetters.Filter(
                since == null ? null : time(commandLine, since, Clock.systemUTC()), reason, settled);
    }

    /** A time of day, or one that was so long ago. */
    static Instant time(CommandLine commandLine, String text, Clock clock) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return clock.instant()
                    .minus(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            });
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new CommandLine.ParameterException(
                    commandLine, "'" + text + "' is no time: write 2026-11-21T09:00:00Z, or 90m, 2h or 3d ago");
        }
    }
}
