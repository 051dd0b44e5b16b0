package dev.confab.chat.model;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a text is cut up to be searched, the same for what is stored and for what is looked for. Stateless; safe on any
 * thread.
 *
 * <p>A text is folded (NFKC, UAX #15, and without regard to case) and falls into pieces of letters, digits and marks
 * with something else between them. In scripts that put spaces between words, letters side by side are a word. Korean,
 * Japanese and Chinese, and a few scripts that put no spaces, are searched by parts: each two characters side by side
 * count, of which at least one is of such a script.
 */
public final class SearchWords {

    /** Scripts in which what is looked for is often a part of what stands between two spaces. */
    private static final Set<UnicodeScript> BY_PARTS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Lengthens vowels in both Japanese syllabaries, and so belongs to neither script. */
    private static final int PROLONGED_SOUND = 0x30FC;

    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private SearchWords() {}

    /** What a text is found by. */
    public static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (String piece : pieces(text)) {
            addWords(piece, words);
        }
        return words;
    }

    /** Adds what one piece is found by. */
    static void addWords(String piece, Set<String> words) {
        int[] points = piece.codePoints().toArray();
        if (points.length == 1) {
            words.add(piece);
            return;
        }
        int wordBegin = 0;
        for (int i = 0; i < points.length; i++) {
            boolean byParts = isByParts(points[i]);
            if (byParts) {
                addWord(points, wordBegin, i, words);
                wordBegin = i + 1;
            }
            if (i > 0 && (byParts || isByParts(points[i - 1]))) {
                words.add(new String(points, i - 1, 2));
            }
        }
        addWord(points, wordBegin, points.length, words);
    }

    private static void addWord(int[] points, int begin, int end, Set<String> words) {
        if (begin < end) {
            words.add(new String(points, begin, end - begin));
        }
    }

    /** The folded text without what stands between its pieces. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        folded(text).codePoints().forEach(point -> {
            if (isOfPiece(point)) {
                piece.appendCodePoint(point);
            } else if (!isInvisible(point) && !piece.isEmpty()) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        });
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    /** Upper case first: it is there that the sharp s and the final sigma become like others. */
    private static String folded(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT).replace('ς', 'σ'), Normalizer.Form.NFKC);
    }

    private static boolean isOfPiece(int point) {
        return Character.isLetterOrDigit(point)
                || switch (Character.getType(point)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    /** Soft hyphens, joiners and the like stand within words. */
    private static boolean isInvisible(int point) {
        return Character.getType(point) == Character.FORMAT && point != ZERO_WIDTH_SPACE;
    }

    /** Whether a character is of a script that is searched by parts. */
    static boolean isByParts(int point) {
        return point == PROLONGED_SOUND || BY_PARTS.contains(UnicodeScript.of(point));
    }
}
