package dev.confab.netty.auth;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash with its salt and cost, in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, base64
 * without padding. What would cost more than {@code MAX_*} is not read: nobody made it here.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
record PhcString(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {

    private static final int MAX_MEMORY_KIB = 1 << 20;
    private static final int MAX_PASSES = 100;
    private static final int MAX_LANES = 16;
    private static final int MIN_BYTES = 8;
    private static final int MAX_BYTES = 64;

    private static final Pattern PATTERN = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(?<m>\\d{1,7}),t=(?<t>\\d{1,3}),p=(?<p>\\d{1,2})\\$(?<salt>[^$]+)\\$(?<hash>[^$]+)");

    String encode() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    static Optional<PhcString> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int memoryKib = Integer.parseInt(matcher.group("m"));
        int passes = Integer.parseInt(matcher.group("t"));
        int lanes = Integer.parseInt(matcher.group("p"));
        boolean sane = passes >= 1
                && passes <= MAX_PASSES
                && lanes >= 1
                && lanes <= MAX_LANES
                && memoryKib >= 8 * lanes
                && memoryKib <= MAX_MEMORY_KIB;
        if (!sane) {
            return Optional.empty();
        }
        try {
            byte[] salt = Base64.getDecoder().decode(matcher.group("salt"));
            byte[] hash = Base64.getDecoder().decode(matcher.group("hash"));
            return fits(salt) && fits(hash)
                    ? Optional.of(new PhcString(memoryKib, passes, lanes, salt, hash))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(byte[] bytes) {
        return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES;
    }
}
