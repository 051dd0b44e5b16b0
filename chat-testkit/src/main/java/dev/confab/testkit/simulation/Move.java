package dev.confab.testkit.simulation;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Something that can happen next.
 *
 * @param name the same in every run, so that a story can be told again
 * @param kind what is made more or less likely together
 * @param weight how likely it is, compared with others
 * @param possible whether it can happen now
 */
record Move(String name, Kind kind, int weight, BooleanSupplier possible, Consumer<Choices> happen) {

    /** Of what sort it is. */
    enum Kind {
        /** What was begun goes on. */
        WORK,
        /** Time passes. */
        TIME,
        /** Somebody says something. */
        TALK,
        /** Somebody sends once more what was sent. */
        REPEAT,
        /** Somebody edits, deletes, or marks as read. */
        CHANGE,
        /** Somebody's place in a room begins or ends, or the room does. */
        PLACE,
        /** A device comes, goes, or enters a room. */
        COMING,
        /** A gateway ends or begins. */
        GATEWAY,
        /** A worker ends, begins, stands still, or loses its partitions. */
        WORKER,
        /** A call fails, or its answer is lost. */
        TROUBLE,
        /** Publications are delivered again. */
        AGAIN,
        /** The store or the bus is away. */
        AWAY,
        /** The store is restored from a copy. */
        RESTORE,
        /** A clock leaps. */
        CLOCK,
        /** Something that nobody can read comes into the log. */
        POISON
    }
}
