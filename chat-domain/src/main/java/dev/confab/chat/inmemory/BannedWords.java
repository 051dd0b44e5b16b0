package dev.confab.chat.inmemory;

import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.out.ContentPolicy;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that contain one of some words or phrases. Case, width and other forms that look alike (NFKC), and
 * invisible characters in between do not matter. Where a script divides words by spaces only whole words count, so that
 * {@code ass} is not found in {@code class}; Korean, Japanese, Chinese and others that join words are searched throughout.
 *
 * <p>Immutable; safe on any thread. A check takes time in proportion to the text, whatever the number of words.
 */
public final class BannedWords implements ContentPolicy {

    private static final Violation FOUND =
            new Violation("content", "banned-word", "content has a word that is not allowed here");

    /** Scripts that write words together, or join endings to them. */
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.HANGUL,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final Node root = new Node();

    /** A place in the tree of all words. */
    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>(2);
        private boolean isEnd;
    }

    /** @param words words or phrases; blank ones are left out */
    public BannedWords(Collection<String> words) {
        words.stream().map(BannedWords::fold).map(String::strip).forEach(this::add);
    }

    private void add(String word) {
        Node node = root;
        for (int i = 0; i < word.length(); i++) {
            node = node.next.computeIfAbsent(word.charAt(i), absent -> new Node());
        }
        node.isEnd = node != root;
    }

    @Override
    public Optional<Violation> check(MessageBody body) {
        if (root.next.isEmpty()) {
            return Optional.empty();
        }
        String text = fold(body.content());
        for (int begin = 0; begin < text.length(); begin++) {
            if (beginsAt(begin, text)) {
                return Optional.of(FOUND);
            }
        }
        return Optional.empty();
    }

    private boolean beginsAt(int begin, String text) {
        @Nullable Node node = root;
        for (int end = begin; end < text.length(); ) {
            node = node.next.get(text.charAt(end));
            end++;
            if (node == null) {
                return false;
            }
            if (node.isEnd && isBoundary(begin, text) && isBoundary(end, text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word goes on across that place. */
    private static boolean isBoundary(int at, String text) {
        return at == 0
                || at == text.length()
                || !isPartOfWord(text.codePointBefore(at))
                || !isPartOfWord(text.codePointAt(at));
    }

    private static boolean isPartOfWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) && !JOINED.contains(UnicodeScript.of(codePoint));
    }

    private static String fold(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.codePoints().noneMatch(BannedWords::isInvisible)
                ? folded
                : folded.codePoints()
                        .filter(codePoint -> !isInvisible(codePoint))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isInvisible(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT;
    }
}
