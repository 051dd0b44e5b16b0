package dev.confab.netty.auth;

/**
 * The cost of a password hash (RFC 9106 section 3.1).
 *
 * @param memoryKib memory for one hash, in KiB
 * @param passes over that memory
 * @param lanes computed side by side
 * @param atOnce hashes under way at the same time, so that their memory is bounded; more wait
 */
public record Argon2Settings(int memoryKib, int passes, int lanes, int atOnce) {

    /** 19 MiB, 2 passes, 1 lane, as OWASP's Password Storage Cheat Sheet has it; two at once. */
    public static Argon2Settings defaults() {
        return new Argon2Settings(19_456, 2, 1, 2);
    }
}
