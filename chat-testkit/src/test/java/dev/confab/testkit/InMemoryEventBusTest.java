package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.port.out.EventBus;

class InMemoryEventBusTest implements EventBusContract, EventBusNodesContract {

    private final InMemoryBroker broker = new InMemoryBroker();

    @Override
    public EventBus connect() {
        return broker.connect();
    }
}
