package dev.confab.chat.usecase;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bus without listeners; the test reads what was published, and may take the bus away. */
final class PublishedEvents implements EventBus {

    final List<Publication> published = new ArrayList<>();
    boolean away;

    @Override
    public CompletionStage<Submission> submit(Command command) {
        return CompletableFuture.completedFuture(Submission.UNAVAILABLE);
    }

    @Override
    public void publish(List<Publication> publications) {
        check();
        published.addAll(publications);
    }

    @Override
    public void park(DeadLetter letter) {
        check();
    }

    @Override
    public Subscription consume(CommandConsumer consumer) {
        throw new BusUnavailableException("nothing to consume");
    }

    @Override
    public Subscription listen(PublicationListener listener) {
        throw new BusUnavailableException("nothing to listen to");
    }

    @Override
    public void check() {
        if (away) {
            throw new BusUnavailableException("away");
        }
    }

    @Override
    public void close() {
        away = true;
    }
}
