package dev.confab.chat.timeline;

import java.util.Collection;

/**
 * How far the oldest part of a timeline may be deleted. A change stays as long as its message does: what is left of a
 * timeline must tell everything that happened behind the part that is gone, and no change of a message that is not there.
 * Pure; safe on any thread.
 */
public final class PurgeLimit {

    /**
     * A change and the message that was changed.
     *
     * @param message the message's place in the room's order
     * @param change the change's own place
     */
    public record Change(long message, long change) {}

    private PurgeLimit() {}

    /**
     * The last place of the part that may go; {@code purged} when there is none.
     *
     * @param purged what is gone already ends there
     * @param old all events up to there are old enough
     * @param most how many places should go at once; more when a message and its change lie farther apart
     * @param changes all changes of messages up to {@code old} that are not gone
     */
    public static long of(long purged, long old, int most, Collection<Change> changes) {
        long end = before(old, changes);
        if (end <= purged) {
            return purged;
        }
        long part = before(Math.min(end, purged + most), changes);
        return part > purged ? part : behind(purged + 1, changes);
    }

    /** The last place up to {@code place} that lies between no message and a change of it. */
    private static long before(long place, Collection<Change> changes) {
        long end = place;
        while (true) {
            long at = end;
            end = changes.stream()
                    .filter(each -> each.message() <= at && at < each.change())
                    .mapToLong(each -> each.message() - 1)
                    .min()
                    .orElse(at);
            if (end == at) {
                return end;
            }
        }
    }

    /** The first such place from {@code place} on. */
    private static long behind(long place, Collection<Change> changes) {
        long end = place;
        while (true) {
            long at = end;
            end = changes.stream()
                    .filter(each -> each.message() <= at && at < each.change())
                    .mapToLong(Change::change)
                    .max()
                    .orElse(at);
            if (end == at) {
                return end;
            }
        }
    }
}
