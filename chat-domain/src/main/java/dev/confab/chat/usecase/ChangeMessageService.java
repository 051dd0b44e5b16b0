package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.RoomStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Checks an edit or a deletion and hands it to the command log. The check spares the caller to wait for a refusal; what
 * counts is what the worker decides under the room's lock.
 */
final class ChangeMessageService implements EditMessage, DeleteMessage {

    private final EventBus bus;
    private final MessageLog log;
    private final RoomStore rooms;
    private final ContentPolicy contentPolicy;
    private final Background background;
    private final Clock clock;
    private final RandomGenerator random;

    ChangeMessageService(
            EventBus bus,
            MessageLog log,
            RoomStore rooms,
            ContentPolicy contentPolicy,
            Background background,
            Clock clock,
            RandomGenerator random) {
        this.bus = bus;
        this.log = log;
        this.rooms = rooms;
        this.contentPolicy = contentPolicy;
        this.background = background;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Result<ClientMessageId>> edit(Edit edit) {
        Optional<Violation> violation = ChatLimits.text("content", edit.content(), 1, ChatLimits.MAX_CONTENT);
        if (violation.isPresent()) {
            return CompletableFuture.completedFuture(Result.refused(Refusal.invalid(violation.get())));
        }
        return change(new Command.Edit(
                edit.roomId(),
                edit.caller(),
                edit.commandId(),
                edit.messageId(),
                edit.content(),
                now(),
                TraceId.random(random)));
    }

    @Override
    public CompletionStage<Result<ClientMessageId>> delete(Deletion deletion) {
        return change(new Command.Delete(
                deletion.roomId(),
                deletion.caller(),
                deletion.commandId(),
                deletion.messageId(),
                now(),
                TraceId.random(random)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private CompletionStage<Result<ClientMessageId>> change(Command.Change change) {
        return background
                .call(() -> check(change))
                .thenCompose(checked -> switch (checked) {
                    case Check.Submit submit -> bus.submit(change).thenApply(submission -> answer(submission, change));
                    case Check.Answer answer -> CompletableFuture.completedFuture(answer.result());
                })
                .exceptionally(fault -> Result.refused(Refusal.Code.UNAVAILABLE));
    }

    /** What to do with a change. */
    private sealed interface Check {
        record Submit() implements Check {}

        record Answer(Result<ClientMessageId> result) implements Check {}
    }

    /** Blocks. */
    private Check check(Command.Change change) {
        Optional<Refusal> refusal = refusalFor(change);
        if (refusal.isEmpty()) {
            return new Check.Submit();
        }
        // A repeat of what was stored is accepted, also when it could not be done now (G2).
        boolean stored = log.outcome(change.roomId(), change.senderId(), change.commandId())
                .filter(outcome -> outcome instanceof Outcome.Changed)
                .isPresent();
        return new Check.Answer(stored ? Result.ok(change.commandId()) : Result.refused(refusal.get()));
    }

    private Optional<Refusal> refusalFor(Command.Change change) {
        RoomStanding standing =
                rooms.standing(change.roomId(), List.of(change.senderId())).orElse(null);
        if (standing == null || !standing.members().contains(change.senderId())) {
            return Optional.of(new RoomAccess(rooms).refusalForOutsider(change.senderId(), change.roomId()));
        }
        if (standing.status() == RoomStatus.CLOSED) {
            return Optional.of(Refusal.of(Refusal.Code.ROOM_CLOSED));
        }
        Message message = log.find(change.roomId(), change.messageId()).orElse(null);
        if (message == null || message.deletedAt() != null) {
            return Optional.of(Refusal.of(Refusal.Code.MESSAGE_NOT_FOUND));
        }
        boolean author = change.senderId().equals(message.senderId());
        return switch (change) {
            case Command.Edit edit ->
                author
                        ? contentPolicy
                                .check(new MessageBody(message.type(), edit.content()))
                                .map(Refusal::invalid)
                        : Optional.of(Refusal.of(Refusal.Code.FORBIDDEN));
            case Command.Delete delete ->
                author
                        ? Optional.empty()
                        : new RoomAccess(rooms)
                                .refusalFor(delete.senderId(), delete.roomId(), RoomAction.DELETE_OF_OTHERS);
        };
    }

    private static Result<ClientMessageId> answer(EventBus.Submission submission, Command.Change change) {
        return switch (submission) {
            case ACCEPTED -> Result.ok(change.commandId());
            case UNAVAILABLE -> Result.refused(Refusal.Code.UNAVAILABLE);
            case OUTCOME_UNKNOWN -> Result.refused(Refusal.Code.OUTCOME_UNKNOWN);
        };
    }
}
