package dev.confab.chat.port.in;

import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.UserId;
import java.util.Collection;
import java.util.Map;

/** Tells who is online. Blocks. */
public interface QueryPresence {

    /**
     * One status for each user asked for, with when he or she was last seen.
     *
     * @param userIds at most 200
     */
    Map<UserId, PresenceStatus> query(Collection<UserId> userIds);
}
