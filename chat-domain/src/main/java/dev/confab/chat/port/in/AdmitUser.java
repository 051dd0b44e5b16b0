package dev.confab.chat.port.in;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Lets those who connect in, a bounded number at a time, in the order in which they came. */
public interface AdmitUser {

    /**
     * The caller's account, as {@link MeetUser#meet} gives it, once it is his or her turn. Refused with USER_NOT_FOUND;
     * with UNAVAILABLE at once when too many wait already, or when the caller has gone meanwhile. Fails with {@link
     * dev.confab.chat.port.out.StoreUnavailableException}. Does not block; safe on an event loop.
     *
     * @param isThere whether the caller still waits; asked on any thread
     */
    CompletionStage<Result<User>> admit(Principal principal, BooleanSupplier isThere);
}
