package dev.confab.chat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of what people may write. Lengths count code points. Stateless; safe on any thread. */
public final class ChatLimits {

    /** Longest content of a message. */
    public static final int MAX_CONTENT = 4_000;
    /** Longest name of a room. */
    public static final int MAX_ROOM_NAME = 100;
    /** Longest name of a booking. */
    public static final int MAX_BOOKING_ID = 100;
    /** Longest reason of a ban. */
    public static final int MAX_REASON = 500;
    /** Longest nickname. */
    public static final int MAX_NICKNAME = 40;
    /** Shortest password. */
    public static final int MIN_PASSWORD = 8;
    /** Longest password. */
    public static final int MAX_PASSWORD = 100;
    /** Longest e-mail address, RFC 5321 section 4.5.3.1.3 less the angle brackets. */
    public static final int MAX_EMAIL = 254;
    /** Longest text to look for in messages. */
    public static final int MAX_SEARCH = 200;
    /** Most ids in one presence query. */
    public static final int MAX_PRESENCE_QUERY = 200;
    /** Most rooms in one {@code joinRooms}. */
    public static final int MAX_JOIN_ROOMS = 500;
    /** Most events replayed into one room by a resume; more is told as a gap. */
    public static final int MAX_REPLAY = 500;
    /** Most events replayed by one {@code joinRooms}, all rooms together. */
    public static final int MAX_REPLAY_BATCH = 1_000;

    private ChatLimits() {}

    /** What is wrong with a message that somebody wants to send; empty when nothing is. */
    public static List<Violation> check(MessageBody body) {
        List<Violation> violations = new ArrayList<>();
        if (body.type() == MessageType.SYSTEM) {
            violations.add(new Violation("type", "not-allowed", "SYSTEM messages are written by the server alone"));
        }
        text("content", body.content(), 1, MAX_CONTENT).ifPresent(violations::add);
        return violations;
    }

    /** Checks a text of {@code min} to {@code max} code points; empty when it is fine. White space alone is empty. */
    public static Optional<Violation> text(String field, @Nullable String text, int min, int max) {
        if (text == null) {
            return Optional.of(new Violation(field, "required", field + " is required"));
        }
        Optional<Violation> malformed = characters(field, text);
        if (malformed.isPresent()) {
            return malformed;
        }
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            return Optional.of(new Violation(
                    field, "too-long", field + " has " + length + " characters, at most " + max + " are allowed"));
        }
        if (min > 0 && text.codePoints().allMatch(ChatLimits::isWhite)) {
            return Optional.of(new Violation(field, "empty", field + " must not be empty"));
        }
        if (length < min) {
            return Optional.of(new Violation(
                    field, "too-short", field + " has " + length + " characters, at least " + min + " are needed"));
        }
        return Optional.empty();
    }

    /** Whether Unicode calls it White_Space; the JDK's own notions leave out no-break spaces, or the controls among it. */
    private static boolean isWhite(int codePoint) {
        return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint) || codePoint == 0x85;
    }

    /** Refuses NUL and lone surrogates, which no store and no UTF-8 encoder keeps as they are. */
    public static Optional<Violation> characters(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Optional.of(new Violation(field, "nul", field + " must not contain the character NUL"));
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return Optional.of(new Violation(
                            field, "lone-surrogate", field + " must not contain half of a surrogate pair"));
                }
                i++;
            }
        }
        return Optional.empty();
    }
}
