package dev.confab.kafka;

import dev.confab.chat.port.out.EventBus;
import dev.confab.localstack.SharedStack;
import dev.confab.testkit.EventBusContract;
import dev.confab.testkit.EventBusNodesContract;
import dev.confab.testkit.MutableClock;
import java.util.UUID;

class KafkaEventBusIT implements EventBusContract, EventBusNodesContract {

    private final String prefix = SharedStack.get().newTopicPrefix();

    @Override
    public EventBus connect() {
        return KafkaEventBus.open(
                KafkaSettings.singleBroker(SharedStack.get().kafkaBootstrap(), "node-" + UUID.randomUUID())
                        .withTopicPrefix(prefix),
                new MutableClock());
    }
}
