package dev.confab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.Eventually;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TraceLogIT {

    private final KafkaSettings settings = RawKafka.newSettings();
    private final Logger log = (Logger) LoggerFactory.getLogger(TraceLog.NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
        log.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        log.setLevel(null);
        log.setAdditive(true);
        log.detachAppender(lines);
    }

    @Test
    void oneTraceIdLeadsFromTheSendToEveryGateway() throws Exception {
        Command.Post post = BusExamples.post(RoomId.random(), UserId.random(), "hi");
        try (EventBus bus = RawKafka.open(settings)) {
            bus.listen(new EventBus.PublicationListener() {
                        @Override
                        public boolean wants(RoomId about, @Nullable UserId user) {
                            return true;
                        }

                        @Override
                        public void onPublications(List<Publication> publications) {}
                    })
                    .ready()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            bus.consume(new EventBus.CommandConsumer() {
                @Override
                public long startAt(CommandPartition partition, OptionalLong committed) {
                    return 0;
                }

                @Override
                public long handle(CommandBatch batch) {
                    Publication like = BusExamples.posted(post.roomId(), post.senderId(), 1, "hi");
                    bus.publish(List.of(new Publication(new Epoch("life"), 1, post.traceId(), like.event())));
                    return batch.nextPosition();
                }
            });
            assertThat(bus.submit(post).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEqualTo(EventBus.Submission.ACCEPTED);

            Eventually.holds(() -> assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains("trace=" + post.traceId()))
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .contains("accepted", "read", "published", "heard"));
        }
    }
}
