package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.load.Meter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LatencyChartTest {

    private static Document chart(String title, List<Meter.Second> seconds) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(LatencyChart.svg(title, seconds).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachStageHasThreeCurvesAndItsUnits() throws Exception {
        Document svg = chart(
                "a < b & c",
                List.of(
                        new Meter.Second(1, Meter.Stage.ACCEPTED, 10, 1, 2, 3),
                        new Meter.Second(2, Meter.Stage.ACCEPTED, 10, 2, 20, 900)));

        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3 * Meter.Stage.values().length);
        String text = svg.getDocumentElement().getTextContent();
        assertThat(text)
                .contains("a < b & c", "due to accepted, ms", "due to delivered, ms", "0.1", "1,000", "2 s", "p99");
    }

    @Test
    void aRunInWhichNothingHappenedIsDrawnToo() throws Exception {
        assertThat(chart("", List.of()).getElementsByTagName("polyline").getLength())
                .isPositive();
    }
}
