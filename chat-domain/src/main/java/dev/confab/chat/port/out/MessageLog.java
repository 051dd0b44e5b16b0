package dev.confab.chat.port.out;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored timelines of all rooms, and how far the command log was stored. All calls block; safe on any thread. Every
 * call may throw {@link StoreUnavailableException}.
 */
public interface MessageLog {

    /**
     * Stores a batch in one transaction, as {@link dev.confab.chat.timeline.RoomTimeline#decide} says, together with
     * how far the partition was stored. What was stored before, by whomever, is not stored again but returned again.
     * A command that lay among the dead letters and is {@linkplain CommandBatch.Logged#replayed() replayed} is decided
     * anew, and its outcome takes the place of {@code PARKED} (G6).
     *
     * <p>Also moves the senders' own read markers to their new messages (G8).
     *
     * @throws CommandRefusedException when the store refused the batch for what is in it; nothing was stored
     */
    Stored store(CommandBatch batch);

    /** What {@link #store} did. */
    sealed interface Stored {

        /**
         * All of the batch is stored.
         *
         * @param publications one for each readable command, in order, repeats too (G5); none for entries that were
         *     parked unread
         */
        record Done(List<Publication> publications) implements Stored {}

        /**
         * Nothing was stored: the store ends before the batch begins, because it was restored from a copy. Read again
         * from {@code nextPosition}; the store's epoch is another one now.
         */
        record Behind(long nextPosition) implements Stored {}
    }

    /**
     * Records that a dead letter was parked: the outcome of its command, if it is known whose it was, is {@code PARKED} from now on, and
     * the partition is stored up to and with it. A command that already has an outcome keeps it. The gap before a letter
     * is not closed in a store that ends before {@code position}: it was restored from a copy, and must find out.
     *
     * @param position up to where everything before the letter was stored
     * @return what to tell the sender; empty when the letter does not say whose it is
     */
    Optional<Publication> recordParked(DeadLetter letter, long position);

    /**
     * Where to begin reading a partition that this process was given. Also compares with where the group of workers
     * believes to be: a store that is behind that was restored from a copy, and takes a new epoch (G7).
     *
     * @param committed the farthest that the group is known to have been; 0 when it never began
     */
    long nextPosition(CommandPartition partition, long committed);

    /**
     * Where to go on in a partition that this process is reading: at {@code position}, or earlier if the store was
     * restored from a copy, when it takes a new epoch (G7).
     */
    long recheck(CommandPartition partition, long position);

    /** The present life of the store. */
    Epoch epoch();

    /**
     * A page of messages.
     *
     * @param limit 1 to 100
     */
    MessagePage history(RoomId roomId, HistoryQuery query, int limit);

    /**
     * The timeline after {@code after}, ascending, nothing skipped.
     *
     * @param limit 1 to 501
     */
    Page<ChatEvent.Timeline, Sequence> events(RoomId roomId, Sequence after, int limit);

    /** One message of the room. */
    Optional<Message> find(RoomId roomId, MessageId messageId);

    /** What became of a sender's command; empty when it is not known (yet). */
    Optional<Outcome> outcome(RoomId roomId, UserId senderId, ClientMessageId commandId);

    /** Where the rooms' orders end now; rooms that do not exist are left out. */
    Map<RoomId, Sequence> heads(Collection<RoomId> roomIds);

    /**
     * Asks whether the store answers and can write. Blocks for at most 2 s.
     *
     * @throws StoreUnavailableException when it does not
     */
    void check();
}
