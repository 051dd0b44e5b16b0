package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an e-mail address must look like to be taken. Only what every address has is asked for; whether it exists only
 * its owner can tell. White space is refused and not stripped, so that what is stored is what was sent.
 */
final class EmailAddress {

    private static final String FIELD = "email";

    private EmailAddress() {}

    /** What is wrong with the address; empty when nothing is. */
    static Optional<Violation> check(@Nullable String email) {
        Optional<Violation> malformed = ChatLimits.text(FIELD, email, 1, ChatLimits.MAX_EMAIL);
        if (malformed.isPresent() || email == null) {
            return malformed;
        }
        return looksLikeOne(email)
                ? Optional.empty()
                : Optional.of(new Violation(FIELD, "email", "email must be an address like name@example.com"));
    }

    private static boolean looksLikeOne(String email) {
        int at = email.indexOf('@');
        if (at < 1 || at == email.length() - 1 || email.indexOf('@', at + 1) >= 0) {
            return false;
        }
        if (email.codePoints().anyMatch(EmailAddress::neverInAddress)) {
            return false;
        }
        String domain = email.substring(at + 1);
        return !domain.startsWith(".") && !domain.endsWith(".") && !domain.contains("..");
    }

    private static boolean neverInAddress(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)
                || codePoint == '<'
                || codePoint == '>'
                || codePoint == ',';
    }

    /** The part before the {@code @}, as far as it fits a nickname. */
    static String nickname(String email) {
        String local = email.substring(0, email.indexOf('@'));
        int length = local.codePointCount(0, local.length());
        return length <= ChatLimits.MAX_NICKNAME
                ? local
                : local.substring(0, local.offsetByCodePoints(0, ChatLimits.MAX_NICKNAME));
    }
}
