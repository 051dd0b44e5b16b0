package dev.confab.testkit.simulation;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The bus as a worker and its relay see it. All calls are made where it may block, and each is one step. */
final class WorkerBus implements EventBus {

    private final World world;
    private final Node node;
    private final Worker worker;

    WorkerBus(World world, Node node, Worker worker) {
        this.world = world;
        this.node = node;
        this.worker = worker;
    }

    /** The announcements of the relay, which waits for each. */
    @Override
    public CompletionStage<Submission> submit(Command command) {
        node.requireAlive();
        Submission answer = Submission.ACCEPTED;
        if (world.broker().isAway()) {
            answer = Submission.UNAVAILABLE;
        } else if (world.choices().rarely(20)) {
            answer = Submission.OUTCOME_UNKNOWN;
        }
        boolean held = answer == Submission.ACCEPTED
                || (answer == Submission.OUTCOME_UNKNOWN && world.choices().rarely(2));
        if (held) {
            world.broker().append(command);
        }
        world.turns().pause();
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public void publish(List<Publication> publications) {
        node.requireAlive();
        int some = world.choices().rarely(20) ? world.choices().pick(publications.size() + 1) : publications.size();
        if (world.broker().isAway()) {
            some = 0;
        }
        publications.subList(0, some).forEach(world.broker()::publish);
        world.turns().pause();
        if (some < publications.size()) {
            throw new BusUnavailableException("simulated: " + some + " of " + publications.size() + " were published");
        }
    }

    @Override
    public void park(DeadLetter letter) {
        node.requireAlive();
        if (letter.cause() != LetterCause.UNREADABLE) {
            world.judge().broken("G11 parked", letter.reason());
        }
        boolean away = world.broker().isAway();
        boolean loses = world.choices().rarely(20);
        if (!away) {
            world.broker().park(letter);
        }
        world.turns().pause();
        if (away || loses) {
            throw new BusUnavailableException("simulated: nobody answers");
        }
    }

    @Override
    public Subscription consume(CommandConsumer consumer) {
        worker.workWith(consumer);
        return new Ready(() -> {});
    }

    @Override
    public Subscription listen(PublicationListener listener) {
        throw new IllegalStateException("a worker does not listen");
    }

    @Override
    public void check() {
        // Whether it is away is told by the calls.
    }

    @Override
    public void close() {
        // It ends with its process.
    }

    /** A subscription that misses nothing from its beginning. */
    record Ready(Runnable onClose) implements Subscription {
        @Override
        public CompletionStage<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            onClose.run();
        }
    }
}
