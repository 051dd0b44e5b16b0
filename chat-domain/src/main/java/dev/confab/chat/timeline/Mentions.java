package dev.confab.chat.timeline;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is meant by {@code @nickname} in a text: whoever of the members goes by the longest nickname that follows the
 * {@code @}, letter by letter. Where several members share it, all of them are meant.
 *
 * <p>A nickname need not end where a word ends, because in many scripts particles follow a name without a space
 * ({@code @김철수님}); but one of Latin, Greek or Cyrillic letters or of digits is not found inside a longer run of
 * them. An {@code @} behind an ASCII letter or digit, as in an e-mail address, means nobody.
 */
public final class Mentions {

    /** Most people that one message mentions; those named first count. */
    public static final int MOST = 20;

    /** Most places in one text that are looked at, so that a text of nothing but {@code @} costs little. */
    private static final int MOST_PLACES = 50;

    private Mentions() {}

    /** The nicknames that a command may mention; empty where no {@code @} occurs. */
    public static Set<String> candidates(Command command) {
        return switch (command) {
            case Command.Post post -> candidates(post.body());
            case Command.Edit edit -> candidates(edit.content());
            case Command.Announce announce -> Set.of();
            case Command.Delete delete -> Set.of();
        };
    }

    private static Set<String> candidates(MessageBody body) {
        return body.type() == MessageType.TEXT ? candidates(body.content()) : Set.of();
    }

    private static Set<String> candidates(String text) {
        if (text.indexOf('@') < 0) {
            return Set.of();
        }
        Set<String> candidates = new HashSet<>();
        for (int place : places(text)) {
            for (int end : ends(text, place)) {
                candidates.add(text.substring(place + 1, end));
            }
        }
        return candidates;
    }

    /**
     * Who is meant in a text.
     *
     * @param nicknames members by nickname, at least those among the candidates
     */
    static List<UserId> in(String text, Map<String, Set<UserId>> nicknames) {
        if (nicknames.isEmpty()) {
            return List.of();
        }
        Set<UserId> mentioned = new LinkedHashSet<>();
        int endOfLast = -1;
        for (int place : places(text)) {
            if (place < endOfLast || (place != endOfLast && isInWord(text, place))) {
                continue;
            }
            for (int end : ends(text, place).reversed()) {
                Set<UserId> meant = nicknames.getOrDefault(text.substring(place + 1, end), Set.of());
                if (!meant.isEmpty()) {
                    meant.stream().sorted().forEach(mentioned::add);
                    endOfLast = end;
                    break;
                }
            }
        }
        return mentioned.stream().limit(MOST).toList();
    }

    private static List<Integer> places(String text) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf('@'); at >= 0 && places.size() < MOST_PLACES; at = text.indexOf('@', at + 1)) {
            if (at + 1 < text.length() && text.charAt(at + 1) != '@' && !Character.isWhitespace(text.charAt(at + 1))) {
                places.add(at);
            }
        }
        return places;
    }

    /** Where a nickname behind the {@code @} at {@code place} may end, ascending. */
    private static List<Integer> ends(String text, int place) {
        List<Integer> ends = new ArrayList<>();
        int end = place + 1;
        for (int length = 0; length < ChatLimits.MAX_NICKNAME && end < text.length(); length++) {
            int last = text.codePointAt(end);
            end += Character.charCount(last);
            if (end == text.length() || !(isRunning(last) && isRunning(text.codePointAt(end)))) {
                ends.add(end);
            }
        }
        return ends;
    }

    private static boolean isInWord(String text, int place) {
        return place > 0 && text.charAt(place - 1) < 0x80 && Character.isLetterOrDigit(text.charAt(place - 1));
    }

    /** Whether words run on over it without a gap, and end where something else begins. */
    private static boolean isRunning(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case LATIN, GREEK, CYRILLIC -> Character.isLetter(codePoint);
            default -> Character.isDigit(codePoint);
        };
    }
}
