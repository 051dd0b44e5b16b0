package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;

final class InMemoryDeadLetterLogTest implements DeadLetterLogContract {

    private final InMemoryBroker broker = new InMemoryBroker(3, new MutableClock());

    private record InMemoryNode(InMemoryEventBus bus) implements Node {
        @Override
        public EventBus events() {
            return bus;
        }

        @Override
        public NotificationBus notifications() {
            return bus.notifications();
        }

        @Override
        public DeadLetterLog deadLetters() {
            return bus.deadLetters();
        }
    }

    @Override
    public Node connect() {
        return new InMemoryNode(broker.connect());
    }
}
