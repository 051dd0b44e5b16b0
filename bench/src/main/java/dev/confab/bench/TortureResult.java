package dev.confab.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.confab.bench.fault.Schedule;
import dev.confab.bench.history.Verdict;
import dev.confab.bench.history.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a round came to.
 *
 * @param complaints what is wrong beside the history
 * @param recoveredSeconds from when the last fault was healed until all that was due before had reached its sender
 * @param due messages that were due
 */
record TortureResult(
        Schedule schedule,
        Verdict verdict,
        List<String> complaints,
        List<FaultRunner.Happened> happened,
        double recoveredSeconds,
        long due) {

    TortureResult {
        complaints = List.copyOf(complaints);
        happened = List.copyOf(happened);
    }

    boolean holds() {
        return verdict.holds() && complaints.isEmpty();
    }

    /** One line, without what is wrong. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s | %,d sent, %,d accepted, %,d stored, %,d changes, %,d of %,d deliveries, %,d connections,"
                        + " %,d violations, recovered in %.1f s",
                schedule,
                due,
                verdict.tally().accepted(),
                verdict.tally().stored(),
                verdict.tally().changes(),
                verdict.tally().delivered(),
                verdict.tally().expected(),
                verdict.tally().connections(),
                verdict.violations() + complaints.size(),
                recoveredSeconds);
    }

    /** What is wrong, with the stories. */
    String report() {
        StringBuilder text = new StringBuilder(schedule.toString()).append('\n');
        complaints.forEach(each -> text.append("WRONG: ").append(each).append('\n'));
        return text.append(verdict.report()).toString();
    }

    /** One line of JSON. */
    String json(long round) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("round", round);
            json.writeNumberField("seed", schedule.seed());
            json.writeStringField("faults", schedule.toString());
            json.writeNumberField("sent", due);
            json.writeNumberField("accepted", verdict.tally().accepted());
            json.writeNumberField("stored", verdict.tally().stored());
            json.writeNumberField("changes", verdict.tally().changes());
            json.writeNumberField("deliveries", verdict.tally().delivered());
            json.writeNumberField("deliveriesExpected", verdict.tally().expected());
            json.writeNumberField("connections", verdict.tally().connections());
            json.writeNumberField("resumes", verdict.tally().resumes());
            json.writeNumberField("resets", verdict.tally().resets());
            json.writeNumberField("recoveredSeconds", recoveredSeconds);
            json.writeBooleanField("holds", holds());
            json.writeObjectFieldStart("violations");
            for (Map.Entry<Violation, Long> each : verdict.counts().entrySet()) {
                json.writeNumberField(each.getKey().name(), each.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("complaints");
            for (String each : complaints) {
                json.writeString(each);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }
}
