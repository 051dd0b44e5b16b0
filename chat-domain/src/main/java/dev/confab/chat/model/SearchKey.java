package dev.confab.chat.model;

import java.text.Normalizer;
import java.util.Locale;

/** Names as they are compared in searches. Stateless; safe on any thread. */
public final class SearchKey {

    private SearchKey() {}

    /** The text without regard to case and to the many ways in which Unicode writes the same (NFKC, UAX #15). */
    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
