package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {

    @Test
    void thePictureIsWellFormedWhateverItsTextsHold() throws Exception {
        Document picture = parsed(new LineChart("a < b & \"c\" > d", "<x>", List.of(curve("avg@16 & more", 0, 1))));

        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(picture)).contains("a < b & \"c\" > d", "<x>", "avg@16 & more");
    }

    @Test
    void everyCurveIsALineOfItsOwnColour() throws Exception {
        NodeList lines = parsed(new LineChart("t", "x", List.of(curve("one", 0, .5), curve("two", .2, 1))))
                .getElementsByTagName("polyline");

        assertThat(lines.getLength()).isEqualTo(2);
        assertThat(((Element) lines.item(0)).getAttribute("stroke"))
                .isNotEqualTo(((Element) lines.item(1)).getAttribute("stroke"));
    }

    @Test
    void higherFractionsAreHigherUpAndAllLieInsideThePicture() throws Exception {
        Document picture = parsed(new LineChart("t", "x", List.of(curve("c", 0, .5, 1))));
        String[] points = ((Element) picture.getElementsByTagName("polyline").item(0))
                .getAttribute("points")
                .split(" ");

        assertThat(points).hasSize(3);
        double before = Double.MAX_VALUE;
        for (String point : points) {
            double x = Double.parseDouble(point.split(",")[0]);
            double y = Double.parseDouble(point.split(",")[1]);
            assertThat(x).isBetween(0.0, 720.0);
            assertThat(y).isBetween(0.0, 400.0).isLessThan(before);
            before = y;
        }
    }

    @Test
    void aChartWithoutPointsIsStillAPicture() throws Exception {
        assertThat(parsed(new LineChart("t", "x", List.of()))
                        .getDocumentElement()
                        .getAttribute("width"))
                .isEqualTo("720");
    }

    private static Curve curve(String name, double... fractions) {
        List<Curve.Point> points = new java.util.ArrayList<>();
        for (int i = 0; i < fractions.length; i++) {
            points.add(new Curve.Point(10 * i, fractions[i]));
        }
        return new Curve(name, points);
    }

    private static List<String> texts(Document picture) {
        NodeList texts = picture.getElementsByTagName("text");
        List<String> contents = new java.util.ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            contents.add(texts.item(i).getTextContent());
        }
        return contents;
    }

    private static Document parsed(LineChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }
}
