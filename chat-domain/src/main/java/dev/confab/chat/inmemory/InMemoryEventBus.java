package dev.confab.chat.inmemory;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The event bus within one process: a node of an {@link InMemoryBroker}. Keeps every promise of {@link EventBus} but
 * durability beyond the process. Call-backs run on virtual threads of its own.
 */
public final class InMemoryEventBus implements EventBus {

    private final InMemoryBroker broker;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    /** The only node of a broker of its own. */
    public InMemoryEventBus() {
        this(new InMemoryBroker());
    }

    InMemoryEventBus(InMemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public CompletionStage<Submission> submit(Command command) {
        boolean held = !closed && broker.partitionOf(command.roomId()).append(command);
        return CompletableFuture.completedFuture(held ? Submission.ACCEPTED : Submission.UNAVAILABLE);
    }

    @Override
    public void publish(List<Publication> publications) {
        check();
        if (!publications.isEmpty()) {
            broker.publish(publications);
        }
    }

    @Override
    public void park(DeadLetter letter) {
        check();
        broker.park(letter);
    }

    /**
     * {@inheritDoc}
     *
     * @throws BusUnavailableException when this node was closed
     */
    @Override
    public Subscription consume(CommandConsumer consumer) {
        return subscribe(() -> InMemoryWorker.start(broker, consumer));
    }

    /**
     * {@inheritDoc}
     *
     * @throws BusUnavailableException when this node was closed
     */
    @Override
    public Subscription listen(PublicationListener listener) {
        return subscribe(() -> InMemoryListener.start(broker.publications(), listener));
    }

    /** Notifications of the same node; closed with it. */
    public NotificationBus notifications() {
        return new InMemoryNotificationBus(broker, this::check, this::subscribe);
    }

    /** What was parked, by any node of the broker. */
    public DeadLetterLog deadLetters() {
        return broker.letters();
    }

    /** Where commands lie. */
    public CommandTrail trail() {
        return broker.trail();
    }

    /** How far the workers of all nodes are behind. */
    public CommandBacklog backlog() {
        return broker.backlog();
    }

    private Subscription subscribe(Supplier<Subscription> begin) {
        synchronized (subscriptions) {
            check();
            Subscription begun = begin.get();
            subscriptions.add(begun);
            return begun;
        }
    }

    @Override
    public void check() {
        if (closed) {
            throw new BusUnavailableException("The event bus was closed");
        }
    }

    @Override
    public void close() {
        List<Subscription> open;
        synchronized (subscriptions) {
            closed = true;
            open = List.copyOf(subscriptions);
            subscriptions.clear();
        }
        // Side by side, so that slow call-backs together take no longer than one of them.
        List<Thread> closing = open.stream()
                .map(subscription -> Thread.ofVirtual().start(subscription::close))
                .toList();
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
