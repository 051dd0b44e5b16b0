package dev.confab.chat.permission;

import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an act. */
public sealed interface Verdict {

    /** It is not done. */
    record Refused(Refusal refusal) implements Verdict {}

    /**
     * It is done.
     *
     * @param room as it is afterwards
     * @param changes what happens thereby, in its order; empty when all was so before
     * @param audit what the audit log keeps; null: nothing
     */
    record Done(
            Room room, List<RoomChange> changes, @Nullable AuditEntry audit) implements Verdict {}
}
