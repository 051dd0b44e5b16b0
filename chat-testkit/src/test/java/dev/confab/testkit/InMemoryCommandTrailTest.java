package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.EventBus;
import java.time.Clock;

final class InMemoryCommandTrailTest implements CommandTrailContract {

    private record InMemoryNode(InMemoryEventBus bus) implements Node {
        @Override
        public EventBus events() {
            return bus;
        }

        @Override
        public CommandTrail trail() {
            return bus.trail();
        }
    }

    @Override
    public Node connect() {
        return new InMemoryNode(new InMemoryBroker(3, Clock.systemUTC()).connect());
    }
}
