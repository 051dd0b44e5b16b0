package dev.confab.kafka;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows single commands through the logs: a line at debug level of the logger {@code dev.confab.trace} where one is
 * accepted, read by a worker, published, and heard by a gateway that has somebody to tell, each with the trace id. Costs
 * one question where it is switched off.
 */
final class TraceLog {

    /** What it is called in a logger's configuration. */
    static final String NAME = "dev.confab.trace";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    private TraceLog() {}

    static void accepted(Command command, @Nullable RecordMetadata place) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "accepted trace={} room={} command={} at={}",
                    command.traceId(),
                    command.roomId(),
                    command.commandId(),
                    place);
        }
    }

    static void read(CommandPartition partition, List<CommandBatch.Entry> entries) {
        if (LOG.isDebugEnabled()) {
            for (CommandBatch.Entry entry : entries) {
                if (entry instanceof CommandBatch.Logged logged) {
                    LOG.debug(
                            "read trace={} room={} command={} at={}-{}@{}",
                            logged.command().traceId(),
                            logged.command().roomId(),
                            logged.command().commandId(),
                            partition.log(),
                            partition.number(),
                            logged.offset());
                }
            }
        }
    }

    static void published(List<Publication> publications) {
        if (LOG.isDebugEnabled()) {
            for (Publication publication : publications) {
                LOG.debug(
                        "published trace={} room={} what={}",
                        publication.traceId(),
                        publication.event().roomId(),
                        what(publication.event()));
            }
        }
    }

    static void heard(Publication publication, ConsumerRecord<byte[], byte[]> record) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "heard trace={} room={} what={} at={}-{}@{}",
                    publication.traceId(),
                    publication.event().roomId(),
                    what(publication.event()),
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private static String what(ChatEvent event) {
        String kind = event.getClass().getSimpleName();
        return event instanceof ChatEvent.Timeline timeline ? kind + ":" + timeline.seq() : kind;
    }
}
