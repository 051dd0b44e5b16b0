package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as a table to read and as JSON. */
final class Report {

    private static final List<String> HEAD =
            List.of("Work", "Measure", "Ours", "Floor", "Floor is", "Ratio", "Target", "Met", "Sample");

    private Report() {}

    /** A Markdown table. */
    static String table(List<Comparison> comparisons) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        rows.add(HEAD.stream().map(head -> "---").toList());
        for (Comparison each : comparisons) {
            rows.add(List.of(
                    each.work(),
                    each.measure(),
                    figure(each.ours()),
                    each.hasFloor() ? figure(each.floor()) : "",
                    each.against(),
                    each.hasFloor() ? String.format(Locale.ROOT, "%.2f", each.ratio()) : "",
                    each.target() == null ? "" : each.target().toString(),
                    each.met(),
                    each.sample()));
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    /** One JSON object. */
    static String json(Map<String, String> circumstances, List<Comparison> comparisons) {
        StringBuilder json = new StringBuilder("{\n");
        circumstances.forEach((name, value) -> json.append("  ")
                .append(quoted(name))
                .append(": ")
                .append(quoted(value))
                .append(",\n"));
        json.append("  \"comparisons\": [");
        String separator = "\n";
        for (Comparison each : comparisons) {
            json.append(separator)
                    .append(String.format(
                            Locale.ROOT,
                            "    {\"work\": %s, \"measure\": %s, \"ours\": %.3f, \"floor\": %s, \"against\": %s,"
                                    + " \"ratio\": %s, \"target\": %s, \"met\": %s, \"sample\": %s}",
                            quoted(each.work()),
                            quoted(each.measure()),
                            each.ours(),
                            each.hasFloor() ? String.format(Locale.ROOT, "%.3f", each.floor()) : "null",
                            quoted(each.against()),
                            each.hasFloor() ? String.format(Locale.ROOT, "%.4f", each.ratio()) : "null",
                            each.target() == null
                                    ? "null"
                                    : quoted(each.target().toString()),
                            each.target() == null
                                    ? "null"
                                    : String.valueOf(each.target().isMet(each.ratio())),
                            quoted(each.sample())));
            separator = ",\n";
        }
        return json.append("\n  ]\n}\n").toString();
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
