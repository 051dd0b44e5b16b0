package dev.confab.chat.timeline;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of commands in one room, and how the room stands afterwards.
 *
 * @param entries one for each command, in the commands' order
 * @param lastSeq the new head
 * @param ord the new count of people's messages
 * @param lastMessageId the newest message now
 */
public record Decision(
        RoomId roomId,
        List<Entry> entries,
        Sequence lastSeq,
        long ord,
        @Nullable MessageId lastMessageId) {

    /**
     * What becomes of one command.
     *
     * @param ord the count of people's messages up to and with this one; 0 unless {@code fresh} and persisted
     * @param fresh whether it is to be written; a repeat has been, and is only told again
     */
    public record Entry(CommandKey key, Outcome outcome, long ord, boolean fresh) {}
}
