package dev.confab.chat.port.out;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands from gateways to workers, and publications from workers to every gateway. Both are logs: durable,
 * ordered by room, delivered at least once.
 */
public interface EventBus extends AutoCloseable {

    /**
     * Hands a command to the log. Never blocks; commands that one thread submits for one room keep their order. The
     * stage never completes exceptionally, and may complete on any thread.
     */
    CompletionStage<Submission> submit(Command command);

    /** What became of a submission. */
    enum Submission {
        /** The log holds it durably (G1). */
        ACCEPTED,
        /** It is certainly not in the log. */
        UNAVAILABLE,
        /** Nobody can tell whether the log holds it; the same command may be submitted again. */
        OUTCOME_UNKNOWN
    }

    /**
     * Publishes in the given order and returns once all are durable. Blocks.
     *
     * @throws BusUnavailableException when some may not have been published; publish all of them again
     */
    void publish(List<Publication> publications);

    /**
     * Puts a record out of the way, durably (G11). Blocks.
     *
     * @throws BusUnavailableException when it may not have been parked
     */
    void park(DeadLetter letter);

    /**
     * Begins to work on commands, as one of any number of workers that share the partitions among them. Closing the
     * subscription finishes the batches under way, and records their positions, before it returns.
     */
    Subscription consume(CommandConsumer consumer);

    /**
     * Begins to listen to every publication from now on: whatever is published after {@link Subscription#ready()} is
     * heard, by every listener.
     */
    Subscription listen(PublicationListener listener);

    /**
     * Asks whether it answers. Blocks for at most 2 s.
     *
     * @throws BusUnavailableException when the bus does not answer in time
     */
    void check();

    /** Ends all subscriptions, sends what was submitted, and lets go of everything. Blocks for at most 5 s. */
    @Override
    void close();

    /** Works on commands. Called by at most one thread at a time for one partition; partitions run in parallel. */
    interface CommandConsumer {

        /**
         * A partition was given to this worker; says where to begin.
         *
         * @param committed where the group of workers was last known to be; empty when it never was
         */
        long startAt(CommandPartition partition, OptionalLong committed);

        /**
         * Does the work of one batch, wholly. May block.
         *
         * @return where to read on: {@link CommandBatch#nextPosition()}, or an earlier place to read again from there
         * @throws RuntimeException when the batch must be tried again; the bus waits a little (at most 5 s) and
         *     delivers it again. Nothing is ever skipped.
         */
        long handle(CommandBatch batch);

        /**
         * Nothing has come for some seconds (at most 10). What was done may have been undone meanwhile, which nobody would
         * notice before the next command comes: a store that was restored from a copy. May block.
         *
         * @param position where reading goes on
         * @return that, or an earlier place to read again from there
         */
        default long idle(CommandPartition partition, long position) {
            return position;
        }
    }

    /** Hears publications. Called by one thread at a time, in the order of each room. Must not block for long. */
    interface PublicationListener {

        /**
         * Whether anybody here cares for a publication about that room that is addressed to or was caused by that user;
         * asked before a record is decoded. Called by the bus's thread; must be quick.
         *
         * @param user see {@link Publication#concerns()}; null for the server
         */
        boolean wants(RoomId room, @Nullable UserId user);

        /** Some publications, in order. */
        void onPublications(List<Publication> publications);
    }
}
