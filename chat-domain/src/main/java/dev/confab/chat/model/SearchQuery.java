package dev.confab.chat.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody looks for in messages: one or more words, all of which a message must have. A word is found where it
 * stands whole; a Korean, Japanese or Chinese one of two characters or more also as a part of a longer one, and one
 * of a single character only where it stands alone.
 *
 * <p>Immutable; safe on any thread.
 */
public final class SearchQuery {

    private final List<String> pieces;
    private final Set<String> words;

    private SearchQuery(List<String> pieces, Set<String> words) {
        this.pieces = pieces;
        this.words = words;
    }

    /** Reads a query; empty when there is no letter and no digit in it. */
    public static Optional<SearchQuery> parse(String text) {
        List<String> pieces = List.copyOf(new LinkedHashSet<>(SearchWords.pieces(text)));
        Set<String> words = new LinkedHashSet<>();
        pieces.forEach(piece -> SearchWords.addWords(piece, words));
        return words.isEmpty() ? Optional.empty() : Optional.of(new SearchQuery(pieces, words));
    }

    /** What every text that matches has among its {@link SearchWords#of words}; others may have it, too. */
    public Set<String> words() {
        return Set.copyOf(words);
    }

    /** Whether the message is one of those looked for, as it now is. SYSTEM messages and deleted ones never are. */
    public boolean matches(Message message) {
        String content = message.content();
        return message.type() != MessageType.SYSTEM
                && message.deletedAt() == null
                && content != null
                && matches(content);
    }

    /** Whether a text has all that is looked for. */
    public boolean matches(String text) {
        List<String> there = SearchWords.pieces(text);
        return pieces.stream().allMatch(sought -> there.stream().anyMatch(piece -> occurs(sought, piece)));
    }

    private static boolean occurs(String sought, String piece) {
        if (sought.codePointCount(0, sought.length()) == 1 && SearchWords.isByParts(sought.codePointAt(0))) {
            return piece.equals(sought);
        }
        for (int at = piece.indexOf(sought); at >= 0; at = piece.indexOf(sought, at + 1)) {
            if (isBorder(piece, at) && isBorder(piece, at + sought.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word of a script with spaces is cut apart there. */
    private static boolean isBorder(String piece, int at) {
        return at == 0
                || at == piece.length()
                || SearchWords.isByParts(piece.codePointBefore(at))
                || SearchWords.isByParts(piece.codePointAt(at));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchQuery query && pieces.equals(query.pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", pieces);
    }
}
