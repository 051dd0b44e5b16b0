package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bus that writes down what it is given, may be away, and may refuse an announcement. */
final class FaultyBus implements EventBus {

    final List<Publication> published = new CopyOnWriteArrayList<>();
    private final List<Command.Announce> announced = new CopyOnWriteArrayList<>();
    volatile boolean away;
    volatile String refuses = "";
    /** Called at the beginning of each attempt to publish. */
    volatile Runnable attempt = () -> {};

    List<ChatEvent> events() {
        return published.stream().map(Publication::event).toList();
    }

    List<Command.Announce> announced(RoomId room) {
        return announced.stream().filter(one -> one.roomId().equals(room)).toList();
    }

    @Override
    public CompletionStage<Submission> submit(Command command) {
        Command.Announce announce = (Command.Announce) command;
        if (away || announce.content().equals(refuses)) {
            return CompletableFuture.completedFuture(Submission.UNAVAILABLE);
        }
        announced.add(announce);
        return CompletableFuture.completedFuture(Submission.ACCEPTED);
    }

    @Override
    public void publish(List<Publication> publications) {
        // Looked at first: an attempt that began while it was away fails, whatever is said while it is counted.
        boolean fails = away;
        attempt.run();
        if (fails) {
            throw new BusUnavailableException("away");
        }
        published.addAll(publications);
    }

    @Override
    public void park(DeadLetter letter) {
        throw new AssertionError("nothing is parked here");
    }

    @Override
    public Subscription consume(CommandConsumer consumer) {
        throw new AssertionError("nobody works here");
    }

    @Override
    public Subscription listen(PublicationListener listener) {
        throw new AssertionError("nobody listens here");
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
}
