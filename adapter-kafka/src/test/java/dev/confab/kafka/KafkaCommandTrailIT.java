package dev.confab.kafka;

import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.EventBus;
import dev.confab.testkit.CommandTrailContract;
import java.time.Clock;

final class KafkaCommandTrailIT implements CommandTrailContract {

    private record KafkaNode(KafkaEventBus bus) implements Node {
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
        return new KafkaNode(KafkaEventBus.open(RawKafka.newSettings(), Clock.systemUTC()));
    }
}
