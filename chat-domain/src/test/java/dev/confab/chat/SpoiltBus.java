package dev.confab.chat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A bus whose publications reach this node changed: left out, repeated, in another order. */
final class SpoiltBus implements EventBus {

    private final EventBus bus;
    private final UnaryOperator<List<Publication>> change;

    SpoiltBus(EventBus bus, UnaryOperator<List<Publication>> change) {
        this.bus = bus;
        this.change = change;
    }

    @Override
    public CompletionStage<Submission> submit(Command command) {
        return bus.submit(command);
    }

    @Override
    public void publish(List<Publication> publications) {
        bus.publish(publications);
    }

    @Override
    public void park(DeadLetter letter) {
        bus.park(letter);
    }

    @Override
    public Subscription consume(CommandConsumer consumer) {
        return bus.consume(consumer);
    }

    @Override
    public Subscription listen(PublicationListener listener) {
        return bus.listen(new PublicationListener() {
            @Override
            public boolean wants(RoomId room, @Nullable UserId user) {
                return listener.wants(room, user);
            }

            @Override
            public void onPublications(List<Publication> publications) {
                listener.onPublications(change.apply(publications));
            }
        });
    }

    @Override
    public void check() {
        bus.check();
    }

    @Override
    public void close() {
        bus.close();
    }
}
