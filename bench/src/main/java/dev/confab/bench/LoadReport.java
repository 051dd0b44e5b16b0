package dev.confab.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.confab.bench.history.Verdict;
import dev.confab.bench.history.Violation;
import dev.confab.bench.load.Meter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a load came to, as a text and as JSON. */
record LoadReport(Map<String, String> circumstances, LoadPlan plan, Meter meter, Verdict verdict, double maximum) {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-10s %12s %10s %10s %10s %10s %10s%n",
                "ms",
                "count",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max"));
        for (Meter.Stage stage : Meter.Stage.values()) {
            Histogram times = meter.total(stage);
            text.append(String.format(
                    Locale.ROOT, "%-10s %,12d", stage.name().toLowerCase(Locale.ROOT), times.getTotalCount()));
            for (double percentile : PERCENTILES) {
                text.append(String.format(Locale.ROOT, " %10.2f", times.getValueAtPercentile(percentile) / 1e6));
            }
            text.append(String.format(Locale.ROOT, " %10.2f%n", times.getMaxValue() / 1e6));
        }
        text.append("From when a message was due; persisted: its sender is shown it; delivered: another one is.\n\n");
        if (!meter.failures().isEmpty()) {
            text.append("refused: ").append(meter.failures()).append('\n');
        }
        text.append(verdict.report());
        if (maximum > 0) {
            text.append(String.format(
                    Locale.ROOT, "%nThe highest rate that held: %s messages/s%n", Report.figure(maximum)));
        }
        return text.toString();
    }

    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<String, String> each : circumstances.entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeStringField("plan", plan.toString());
            json.writeNumberField("due", meter.due());
            json.writeNumberField("sends", verdict.tally().sends());
            json.writeNumberField("accepted", verdict.tally().accepted());
            json.writeNumberField("stored", verdict.tally().stored());
            json.writeNumberField("deliveriesExpected", verdict.tally().expected());
            json.writeNumberField("deliveries", verdict.tally().delivered());
            json.writeNumberField("cameAgain", verdict.tally().again());
            json.writeNumberField("connections", verdict.tally().connections());
            json.writeNumberField("resumes", verdict.tally().resumes());
            if (maximum > 0) {
                json.writeNumberField("maximumPerSecond", maximum);
            }
            json.writeBooleanField("holds", verdict.holds());
            json.writeObjectFieldStart("violations");
            for (Map.Entry<Violation, Long> each : verdict.counts().entrySet()) {
                json.writeNumberField(each.getKey().name(), each.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("refused");
            for (Map.Entry<String, Long> each : meter.failures().entrySet()) {
                json.writeNumberField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
            latencies(json);
            seconds(json, meter.seconds());
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private void latencies(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("latencyMillis");
        for (Meter.Stage stage : Meter.Stage.values()) {
            Histogram times = meter.total(stage);
            json.writeObjectFieldStart(stage.name().toLowerCase(Locale.ROOT));
            json.writeNumberField("count", times.getTotalCount());
            for (double percentile : PERCENTILES) {
                json.writeNumberField(
                        "p" + String.valueOf(percentile).replaceFirst("\\.0$", ""),
                        times.getValueAtPercentile(percentile) / 1e6);
            }
            json.writeNumberField("max", times.getMaxValue() / 1e6);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void seconds(JsonGenerator json, List<Meter.Second> seconds) throws IOException {
        json.writeArrayFieldStart("seconds");
        for (Meter.Second each : seconds) {
            json.writeStartObject();
            json.writeNumberField("second", each.second());
            json.writeStringField("stage", each.stage().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("count", each.count());
            json.writeNumberField("p50", each.p50());
            json.writeNumberField("p99", each.p99());
            json.writeNumberField("max", each.max());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
