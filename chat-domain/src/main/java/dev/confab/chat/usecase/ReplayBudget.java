package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;

/** How many missed events may still be replayed by one request. Used by one request at a time. */
final class ReplayBudget {

    private long left;

    ReplayBudget() {
        this(ChatLimits.MAX_REPLAY);
    }

    private ReplayBudget(long left) {
        this.left = left;
    }

    static ReplayBudget forSeveralRooms() {
        return new ReplayBudget(ChatLimits.MAX_REPLAY_BATCH);
    }

    /** Whether that many may be replayed into one room; if so they are taken off. */
    boolean take(long missed) {
        if (missed > ChatLimits.MAX_REPLAY || missed > left) {
            return false;
        }
        left -= missed;
        return true;
    }
}
