package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;

final class InMemoryNotificationBusTest implements NotificationBusContract {

    private final InMemoryBroker broker = new InMemoryBroker();

    private record InMemoryNode(InMemoryEventBus bus) implements Node {
        @Override
        public EventBus events() {
            return bus;
        }

        @Override
        public NotificationBus notifications() {
            return bus.notifications();
        }
    }

    @Override
    public Node connect() {
        return new InMemoryNode(broker.connect());
    }
}
