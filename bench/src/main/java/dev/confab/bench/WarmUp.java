package dev.confab.bench;

/**
 * Waits until a program has become as fast as it gets: a JVM runs code slowly at first, for a minute and more where few
 * processors also have to compile it. What is measured before that is the compiler.
 */
final class WarmUp {

    /** How long one look takes. */
    static final int WINDOW_SECONDS = 5;

    private static final double FASTER = 1.03;
    private static final int LEAST = 4;
    private static final int STEADY = 3;
    private static final int MOST = 30;

    private WarmUp() {}

    /** The rate during one window of {@link #WINDOW_SECONDS}. */
    @FunctionalInterface
    interface Window {
        double rate() throws InterruptedException;
    }

    /**
     * Returns when three windows in a row were no faster than the best one before, or after two and a half minutes.
     *
     * @return how many seconds it took
     */
    static int await(Window window) throws InterruptedException {
        double best = 0;
        int steady = 0;
        int windows = 0;
        while (windows < MOST && (windows < LEAST || steady < STEADY)) {
            double rate = window.rate();
            windows++;
            if (rate > best * FASTER) {
                best = rate;
                steady = 0;
            } else {
                steady++;
            }
        }
        return windows * WINDOW_SECONDS;
    }
}
