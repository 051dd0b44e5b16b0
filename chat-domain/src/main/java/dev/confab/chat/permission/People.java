package dev.confab.chat.permission;

import dev.confab.chat.model.UserId;
import java.util.Optional;

/** How people stand to a room that is locked; asked while its lock is held, and only for what a decision needs. */
public interface People {

    /** Anybody. */
    Person person(UserId userId);

    /** To whom an OWNER who leaves hands the room: the longest-standing ADMIN, else MEMBER; empty when nobody stays. */
    Optional<UserId> heirOf(UserId owner);
}
