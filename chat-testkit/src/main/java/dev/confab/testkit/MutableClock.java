package dev.confab.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that moves when it is told to, also backwards. Safe on any thread. */
public final class MutableClock extends Clock {

    /** Where a clock starts that is given no other start. */
    public static final Instant START = Instant.parse("2026-02-24T06:00:00Z");

    private volatile Instant now;

    /** A clock that shows {@link #START}. */
    public MutableClock() {
        this(START);
    }

    /** A clock that shows {@code start}. */
    public MutableClock(Instant start) {
        this.now = start;
    }

    /** Moves on; back, when {@code time} is negative. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /** Moves to {@code instant}. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Fails: time here is UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("this clock shows UTC alone, not " + zone);
    }
}
