package dev.confab.netty.ws;

import dev.confab.chat.model.UserId;

/** How often a user may do things. Does not block; safe on any thread. */
public interface Limits {

    /** Takes one send; false when there is none left at the moment. */
    boolean mayPost(UserId userId);

    /** Takes one join, of one room or of many at once; false when there is none left at the moment. */
    boolean mayJoin(UserId userId);
}
