package dev.confab.bench.history;

/** Stands for a content in a history: 64 bits (FNV-1a over its UTF-16 units) as 16 hexadecimal digits. */
public final class Fingerprint {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** Equal contents have equal ones; different ones differ but for one chance in 2^64. */
    public static String of(String content) {
        long hash = OFFSET;
        for (int i = 0; i < content.length(); i++) {
            char unit = content.charAt(i);
            hash = (hash ^ (unit & 0xff)) * PRIME;
            hash = (hash ^ (unit >>> 8)) * PRIME;
        }
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
