package dev.confab.chat.usecase;

/** Keeps promises about page sizes: a transport that lets a wrong one through is broken, and is told so. */
final class PageLimit {

    static final int PAGE = 100;
    static final int EVENTS = 500;

    private PageLimit() {}

    static void require(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("A limit is 1 to " + max + ", not " + limit);
        }
    }
}
