package dev.confab.chat.port.in;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;

/** Sees to it that who calls has an account: users of a host product get one when they are first seen. */
public interface MeetUser {

    /** Knows nobody. */
    MeetUser NOBODY = new MeetUser() {
        @Override
        public boolean knows(Principal principal) {
            return false;
        }

        @Override
        public Result<User> meet(Principal principal) {
            return Result.refused(Refusal.Code.USER_NOT_FOUND);
        }
    };

    /** Whether there is nothing left to do for that caller. Does not block; safe on an event loop. */
    boolean knows(Principal principal);

    /** The caller's account. Refused with USER_NOT_FOUND. Blocks. */
    Result<User> meet(Principal principal);
}
