package dev.confab.chat.usecase;

import java.time.Duration;

/**
 * How much of the time something is being stored, and how long whoever works beside it should rest. Safe on any thread;
 * moments are those of {@link System#nanoTime}.
 */
final class StoringLoad {

    /** How many times as long as the work the rest is when storing takes half of the time. */
    private static final double AT_HALF = 9;

    private static final double MOST = 19;

    private int underWay;
    private long since;
    private long looked;
    private long busy;

    StoringLoad(long now) {
        this.since = now;
        this.looked = now;
    }

    /** A batch is on its way into the store. */
    synchronized void begun(long now) {
        count(now);
        underWay++;
    }

    /** It has ended. */
    synchronized void ended(long now) {
        count(now);
        underWay--;
    }

    private void count(long now) {
        if (underWay > 0) {
            busy += now - since;
        }
        since = now;
    }

    /**
     * How long to leave the store alone after having worked on it: hardly at all when little is stored, nine times as long
     * when storing takes half of the time, and nineteen times at most. Looks back to where it was asked last.
     *
     * @param worked how long that took
     */
    synchronized Duration rest(Duration worked, long now) {
        count(now);
        double elapsed = Math.max(1, now - looked);
        double load = Math.min(1, busy / elapsed);
        looked = now;
        busy = 0;
        double times = load >= MOST / (MOST + AT_HALF) ? MOST : AT_HALF * load / (1 - load);
        return Duration.ofNanos((long) (worked.toNanos() * times));
    }
}
