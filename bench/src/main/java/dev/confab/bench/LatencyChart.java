package dev.confab.bench;

import dev.confab.bench.load.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Latency over time as an SVG: p50, p99 and the maximum of each second, on a logarithmic axis, for each stage a panel. */
final class LatencyChart {

    private static final int WIDTH = 900;
    private static final int PANEL = 230;
    private static final int LEFT = 80;
    private static final int RIGHT = 20;
    private static final int TOP = 60;
    private static final int PLOT = 170;
    private static final double LEAST = 0.1;

    private final StringBuilder svg = new StringBuilder();
    private final String title;
    private final List<Meter.Second> seconds;
    private final int last;
    private final int decades;

    private LatencyChart(String title, List<Meter.Second> seconds) {
        this.title = title;
        this.seconds = seconds;
        this.last = Math.max(
                1, seconds.stream().mapToInt(Meter.Second::second).max().orElse(1));
        double max = Math.max(
                1, seconds.stream().mapToDouble(Meter.Second::max).max().orElse(1));
        this.decades = Math.max(1, (int) Math.ceil(Math.log10(max / LEAST)));
    }

    /** A whole SVG document. */
    static String svg(String title, List<Meter.Second> seconds) {
        return new LatencyChart(title, seconds).draw();
    }

    private String draw() {
        Meter.Stage[] stages = Meter.Stage.values();
        int height = TOP + stages.length * PANEL;
        line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                height));
        line(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height));
        line(String.format(Locale.ROOT, "<text x=\"%d\" y=\"22\" font-size=\"14\">%s</text>", LEFT, escaped(title)));
        legend(LEFT, "p50", "#2c7fb8");
        legend(LEFT + 80, "p99", "#d95f0e");
        legend(LEFT + 160, "maximum", "#bbbbbb");
        for (int i = 0; i < stages.length; i++) {
            panel(stages[i], TOP + i * PANEL);
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(int x, String name, String colour) {
        line(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"40\" x2=\"%d\" y2=\"40\" stroke=\"%s\" stroke-width=\"3\"/>",
                x,
                x + 20,
                colour));
        line(String.format(Locale.ROOT, "<text x=\"%d\" y=\"44\">%s</text>", x + 26, name));
    }

    private void panel(Meter.Stage stage, int top) {
        line(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">due to %s, ms</text>",
                LEFT,
                top + 12,
                stage.name().toLowerCase(Locale.ROOT)));
        int base = top + 20 + PLOT;
        for (int decade = 0; decade <= decades; decade++) {
            int y = base - PLOT * decade / decades;
            line(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#e5e5e5\"/>",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y));
            line(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                    LEFT - 8,
                    y + 4,
                    tick(decade)));
        }
        int step = Math.max(1, (int) Math.ceil(last / 10.0));
        for (int second = 0; second <= last; second += step) {
            line(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>",
                    x(second),
                    base + 16,
                    second));
        }
        curve(stage, base, "#bbbbbb", Meter.Second::max);
        curve(stage, base, "#d95f0e", Meter.Second::p99);
        curve(stage, base, "#2c7fb8", Meter.Second::p50);
    }

    private void curve(Meter.Stage stage, int base, String colour, ToDoubleFunction<Meter.Second> value) {
        List<String> points = new ArrayList<>();
        for (Meter.Second each : seconds) {
            if (each.stage() == stage && each.count() > 0) {
                points.add(
                        String.format(Locale.ROOT, "%.1f,%.1f", x(each.second()), y(base, value.applyAsDouble(each))));
            }
        }
        line(String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>",
                colour,
                String.join(" ", points)));
    }

    private double x(int second) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * second / last;
    }

    private double y(int base, double millis) {
        return base - PLOT * Math.log10(Math.max(LEAST, millis) / LEAST) / decades;
    }

    private static String tick(int decade) {
        double millis = LEAST * Math.pow(10, decade);
        return millis < 1 ? String.format(Locale.ROOT, "%.1f", millis) : String.format(Locale.ROOT, "%,.0f", millis);
    }

    private void line(String text) {
        svg.append(text).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
