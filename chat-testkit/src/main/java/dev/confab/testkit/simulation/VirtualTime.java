package dev.confab.testkit.simulation;

import dev.confab.testkit.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** The time that passes only when it is told to, and what is to happen in it. */
final class VirtualTime {

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::due).thenComparingLong(Alarm::order));
    private long now;
    private long order;

    /** Something that is due at a moment; among those of one moment in the order in which they were made. */
    record Alarm(long due, long order, Runnable ring) {}

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    void ringIn(long millis, Runnable ring) {
        alarms.add(new Alarm(now + Math.max(0, millis), order++, ring));
    }

    /** Goes on by that long; what becomes due on the way happens, each at its moment. */
    void pass(long millis) {
        long until = now + millis;
        while (!alarms.isEmpty() && alarms.peek().due() <= until) {
            Alarm alarm = alarms.remove();
            now = Math.max(now, alarm.due());
            alarm.ring().run();
        }
        now = until;
    }

    /** Goes on to the next thing that is due. */
    void passToNext() {
        Alarm next = alarms.peek();
        if (next != null) {
            pass(Math.max(0, next.due() - now));
        }
    }

    /** The wall clock of a machine, which may be wrong by {@code skewMillis}. */
    Clock clock(LongSupplier skewMillis) {
        return new Clock() {
            @Override
            public Instant instant() {
                return MutableClock.START.plus(Duration.ofMillis(now + skewMillis.getAsLong()));
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new IllegalArgumentException("this clock shows UTC alone, not " + zone);
            }
        };
    }
}
