package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.port.out.EventBus.Submission;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A command on its way: what its submitter waits for, and what the producer calls back. */
final class PendingCommand extends CompletableFuture<Submission> implements Callback {

    private final Command command;
    private final long submittedAt;
    private @Nullable PartitionGate gate;
    private @Nullable Thread handingOver;
    private @Nullable Exception refusal;

    PendingCommand(Command command, long submittedAt) {
        this.command = command;
        this.submittedAt = submittedAt;
    }

    Command command() {
        return command;
    }

    long submittedAt() {
        return submittedAt;
    }

    /** From now on the calling thread hands it over; what it is called back within that call means "not taken". */
    void begin(PartitionGate through) {
        gate = through;
        handingOver = Thread.currentThread();
        refusal = null;
    }

    /** Why the producer did not take it; null when it did. */
    @Nullable
    Exception end() {
        handingOver = null;
        return refusal;
    }

    /**
     * The producer has an answer. A time-out is never taken for "not written": the client does not say whether a
     * record that expired was ever on its way.
     */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        PartitionGate through = gate;
        if (failure == null) {
            if (through != null) {
                through.acknowledged(System.nanoTime());
            }
            TraceLog.accepted(command, metadata);
            complete(Submission.ACCEPTED);
        } else if (Thread.currentThread().equals(handingOver)) {
            refusal = failure;
        } else {
            if (through != null) {
                through.failed(System.nanoTime());
            }
            complete(failure instanceof RecordTooLargeException ? Submission.UNAVAILABLE : Submission.OUTCOME_UNKNOWN);
        }
    }
}
