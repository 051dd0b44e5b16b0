package dev.confab.chat.usecase;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when it is told to. It begins between two milliseconds, as real ones do. */
final class MovedClock extends Clock {

    private Instant now = Instant.parse("2026-02-24T06:00:00.123456789Z");

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("this clock shows UTC alone, not " + zone);
    }
}
