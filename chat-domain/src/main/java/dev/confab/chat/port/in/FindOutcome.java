package dev.confab.chat.port.in;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.Optional;

/** Tells a sender what became of a send, a member or not (G6). Blocks. */
public interface FindOutcome {

    /** Empty when nothing is known of it (yet). */
    Optional<Outcome> find(UserId sender, RoomId roomId, ClientMessageId clientMessageId);
}
