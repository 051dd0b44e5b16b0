package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One producer with several settings: how much it can do, and how long an acknowledgement takes when it has little to do. */
final class LingerExperiment {

    private static final double RATE = 5_000;
    private static final int RECORD_BYTES = 400;

    private LingerExperiment() {}

    private record Variant(int lingerMillis, int batchBytes) {}

    static List<String> run(Installation servers, int seconds) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "| linger.ms | batch.size | records/s | p50 at %,.0f/s, ms | p99 at %,.0f/s, ms |", RATE, RATE));
        lines.add("| --- | --- | --- | --- | --- |");
        ConsumerRecord<byte[], byte[]> model =
                new ConsumerRecord<>(RawProducer.TOPIC, 0, 0, new byte[36], new byte[RECORD_BYTES]);
        for (Variant variant : List.of(
                new Variant(0, 16 * 1024),
                new Variant(0, 64 * 1024),
                new Variant(1, 64 * 1024),
                new Variant(2, 64 * 1024),
                new Variant(5, 64 * 1024))) {
            try (RawProducer producer =
                    RawProducer.open(servers.brokers(), model, variant.lingerMillis(), variant.batchBytes())) {
                double rate = producer.throughput(seconds);
                Histogram times = producer.latency(RATE, seconds);
                lines.add(String.format(
                        "| %d | %d KiB | %s | %s | %s |",
                        variant.lingerMillis(),
                        variant.batchBytes() / 1024,
                        Report.figure(rate),
                        Report.figure(times.getValueAtPercentile(50) / 1e6),
                        Report.figure(times.getValueAtPercentile(99) / 1e6)));
            }
        }
        return lines;
    }
}
