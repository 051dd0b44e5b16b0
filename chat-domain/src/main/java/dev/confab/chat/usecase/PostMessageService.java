package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.EventBus.Submission;
import dev.confab.chat.port.out.MessageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Checks a send and hands it to the command log. */
final class PostMessageService implements PostMessage {

    private static final CompletionStage<?> AT_ONCE = CompletableFuture.completedFuture(true);

    private final EventBus bus;
    private final MessageLog log;
    private final SendingRights rights;
    private final OutcomeWaiters waiters;
    private final Consumer<ChatEvent.MessagePosted> tellAgain;
    private final ContentPolicy contentPolicy;
    private final Background background;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param tellAgain tells the sender's sessions here of a message that was stored before
     */
    PostMessageService(
            EventBus bus,
            MessageLog log,
            SendingRights rights,
            OutcomeWaiters waiters,
            Consumer<ChatEvent.MessagePosted> tellAgain,
            ContentPolicy contentPolicy,
            Background background,
            Clock clock,
            RandomGenerator random) {
        this.bus = bus;
        this.log = log;
        this.rights = rights;
        this.waiters = waiters;
        this.tellAgain = tellAgain;
        this.contentPolicy = contentPolicy;
        this.background = background;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Posting post(Send send) {
        List<Violation> violations = ChatLimits.check(send.body());
        if (!violations.isEmpty()) {
            return refused(Refusal.invalid(violations));
        }
        Optional<Violation> improper = contentPolicy.check(send.body());
        if (improper.isPresent()) {
            // It may repeat what was accepted before the rule was made.
            return new Posting(AT_ONCE, firstOutcomeOr(send, Refusal.invalid(improper.get())));
        }
        CompletableFuture<Result<RoomId>> permit = permit(send).toCompletableFuture();
        if (permit.isDone() && !permit.isCompletedExceptionally() && permit.join() instanceof Result.Ok<RoomId>) {
            return new Posting(AT_ONCE, submit(send));
        }
        CompletableFuture<Result<ClientMessageId>> accepted = new CompletableFuture<>();
        CompletableFuture<?> submitted = permit.handle((result, fault) -> {
            if (fault != null) {
                accepted.complete(Result.refused(Refusal.Code.UNAVAILABLE));
            } else {
                switch (result) {
                    case Result.Ok<RoomId> ok -> submit(send).thenAccept(accepted::complete);
                    case Result.Refused<RoomId> refused ->
                        firstOutcomeOr(send, refused.refusal()).thenAccept(accepted::complete);
                }
            }
            return true;
        });
        return new Posting(submitted, accepted);
    }

    private CompletionStage<Result<RoomId>> permit(Send send) {
        CompletionStage<Result<RoomId>> right = rights.check(send.roomId(), send.sender());
        MessageId replyTo = send.replyTo();
        return replyTo == null
                ? right
                : right.thenCompose(permitted -> switch (permitted) {
                    case Result.Ok<RoomId> ok -> ifAnswerable(ok, replyTo);
                    case Result.Refused<RoomId> refused -> CompletableFuture.completedFuture(refused);
                });
    }

    /** When the store is away the worker alone decides, as it does in the end anyway (G10). */
    private CompletionStage<Result<RoomId>> ifAnswerable(Result.Ok<RoomId> room, MessageId replyTo) {
        return background
                .call(() -> log.find(room.value(), replyTo).isPresent())
                .exceptionally(fault -> true)
                .thenApply(exists -> exists ? room : Result.refused(Refusal.Code.MESSAGE_NOT_FOUND));
    }

    private static Posting refused(Refusal refusal) {
        return new Posting(AT_ONCE, CompletableFuture.completedFuture(Result.refused(refusal)));
    }

    private CompletionStage<Result<ClientMessageId>> submit(Send send) {
        Command.Post command = new Command.Post(
                send.roomId(),
                send.sender(),
                send.clientMessageId(),
                send.body(),
                send.replyTo(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                TraceId.random(random));
        return bus.submit(command).thenApply(submission -> answer(submission, send.clientMessageId()));
    }

    private static Result<ClientMessageId> answer(Submission submission, ClientMessageId id) {
        return switch (submission) {
            case ACCEPTED -> Result.ok(id);
            case UNAVAILABLE -> Result.refused(Refusal.Code.UNAVAILABLE);
            case OUTCOME_UNKNOWN -> Result.refused(Refusal.Code.OUTCOME_UNKNOWN);
        };
    }

    /** A repeat of what was stored is accepted, also when its sender may no longer send (G2). */
    private CompletionStage<Result<ClientMessageId>> firstOutcomeOr(Send send, Refusal refusal) {
        return firstOutcome(send).handle((outcome, fault) -> {
            if (fault != null) {
                return Result.refused(Refusal.Code.UNAVAILABLE);
            }
            if (outcome.isEmpty() || !(outcome.get() instanceof Outcome.Persisted persisted)) {
                return Result.refused(refusal);
            }
            waiters.complete(send.roomId(), send.sender(), send.clientMessageId(), persisted);
            tellAgain.accept(new ChatEvent.MessagePosted(persisted.message()));
            return Result.ok(send.clientMessageId());
        });
    }

    private CompletionStage<Optional<Outcome>> firstOutcome(Send send) {
        return background.call(() -> log.outcome(send.roomId(), send.sender(), send.clientMessageId()));
    }

    @Override
    public CompletionStage<Result<Persistence>> postAndWait(Send send, Duration patience) {
        CompletableFuture<Outcome> outcome = waiters.await(send.roomId(), send.sender(), send.clientMessageId());
        return post(send)
                .accepted()
                .thenCompose(accepted -> switch (accepted) {
                    case Result.Refused<ClientMessageId> refused ->
                        CompletableFuture.completedFuture(Result.<Persistence>refused(refused.refusal()));
                    case Result.Ok<ClientMessageId> ok -> persistence(send, outcome, patience);
                })
                .whenComplete((result, fault) -> waiters.forget(send.roomId(), send.sender(), send.clientMessageId()));
    }

    /** Waits for the publication; at the end of the patience the store is asked, should the publication be late. */
    private CompletionStage<Result<Persistence>> persistence(
            Send send, CompletableFuture<Outcome> outcome, Duration patience) {
        CompletableFuture<Optional<Outcome>> first = outcome.thenApply(Optional::of);
        Future<?> end = background.later(patience, () -> first.complete(Optional.empty()));
        return first.whenComplete((told, fault) -> end.cancel(false))
                .thenCompose(told -> told.isPresent()
                        ? CompletableFuture.completedFuture(told)
                        : firstOutcome(send).exceptionally(fault -> Optional.empty()))
                .thenApply(known -> known.map(PostMessageService::answer)
                        .orElseGet(() -> Result.ok(new Persistence.Pending(send.clientMessageId()))));
    }

    private static Result<Persistence> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Persisted persisted -> Result.ok(new Persistence.Stored(persisted.message()));
            // Somebody named a send as an earlier change: it is taken for that one's repeat.
            case Outcome.Changed changed -> Result.ok(new Persistence.Stored(changed.message()));
            case Outcome.Rejected rejected -> Result.ok(new Persistence.Rejected(rejected.reason()));
        };
    }
}
