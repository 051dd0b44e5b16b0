package dev.confab.netty.http;

/** Takes request targets apart (RFC 9112 section 3.2). */
public final class RequestTarget {

    private RequestTarget() {}

    /** The path as it was sent, still encoded; also of the absolute form, which every server must take. */
    public static String path(String target) {
        String origin = originForm(target);
        int end = origin.indexOf('?');
        return end < 0 ? origin : origin.substring(0, end);
    }

    /** The query as it was sent, still encoded, without its question mark; empty when there is none. */
    public static String query(String target) {
        int start = target.indexOf('?');
        return start < 0 ? "" : target.substring(start + 1);
    }

    private static String originForm(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return target;
        }
        int slash = target.indexOf('/', scheme + 3);
        int query = target.indexOf('?', scheme + 3);
        if (slash < 0 || (query >= 0 && query < slash)) {
            return "/" + (query < 0 ? "" : target.substring(query));
        }
        return target.substring(slash);
    }
}
