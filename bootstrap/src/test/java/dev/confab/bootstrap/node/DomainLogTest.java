package dev.confab.bootstrap.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.testkit.Samples;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The domain knows no logging library; what it says goes the way of everything else that is logged. */
class DomainLogTest {

    private final CompletableFuture<ILoggingEvent> first = new CompletableFuture<>();

    private final class First extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            first.complete(event);
        }
    }

    /** Whose store is away. */
    private static final class IdleWorker implements EventBus.CommandConsumer {
        @Override
        public long startAt(CommandPartition partition, OptionalLong committed) {
            return committed.orElse(0);
        }

        @Override
        public long handle(CommandBatch batch) {
            throw new StoreUnavailableException("on purpose");
        }
    }

    @Test
    void whatTheDomainWarnsOfIsInTheLog() throws Exception {
        Logger domain = (Logger) LoggerFactory.getLogger("dev.confab.chat");
        First appender = new First();
        appender.setContext(domain.getLoggerContext());
        appender.start();
        domain.addAppender(appender);
        try (InMemoryEventBus bus = new InMemoryBroker().connect();
                var working = bus.consume(new IdleWorker())) {
            working.ready().toCompletableFuture().get(10, TimeUnit.SECONDS);
            var unused = bus.submit(Samples.post(RoomId.random(), UserId.random(), "text"));

            ILoggingEvent warning = first.get(10, TimeUnit.SECONDS);

            assertThat(warning.getLevel()).isEqualTo(Level.WARN);
            assertThat(warning.getThrowableProxy().getMessage()).isEqualTo("on purpose");
        } finally {
            domain.detachAppender(appender);
        }
    }
}
