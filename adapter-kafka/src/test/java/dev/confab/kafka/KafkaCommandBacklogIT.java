package dev.confab.kafka;

import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.EventBus;
import dev.confab.testkit.CommandBacklogContract;
import java.time.Clock;

final class KafkaCommandBacklogIT implements CommandBacklogContract {

    private record KafkaNode(KafkaEventBus bus) implements Node {
        @Override
        public EventBus events() {
            return bus;
        }

        @Override
        public CommandBacklog backlog() {
            return bus.backlog();
        }
    }

    @Override
    public Node connect() {
        return new KafkaNode(KafkaEventBus.open(RawKafka.newSettings(), Clock.systemUTC()));
    }
}
