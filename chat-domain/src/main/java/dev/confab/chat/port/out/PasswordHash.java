package dev.confab.chat.port.out;

/**
 * A password, hashed.
 *
 * @param encoded the self-describing text form, e.g. {@code $argon2id$v=19$m=…}
 */
public record PasswordHash(String encoded) {
    /** Hides the hash from logs. */
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
