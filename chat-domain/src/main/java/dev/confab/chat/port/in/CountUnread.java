package dev.confab.chat.port.in;

import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import java.util.List;

/** Counts what the caller has not read. Blocks. */
public interface CountUnread {

    /** All rooms the caller is in. */
    List<Unread> unread(UserId caller);
}
