package dev.tempo.eval.report;

import java.util.List;
import java.util.Locale;

/**
 * A line chart over rounds, as an SVG that needs nothing else. Its axis goes from 0 to 1, as fractions do, or as far beyond
 * as the numbers reach.
 */
record LineChart(String title, String xLabel, List<Curve> curves) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 48;
    /** Okabe and Ito's colours: told apart by colour-blind readers too. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    LineChart {
        curves = List.copyOf(curves);
    }

    String svg() {
        double right = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::x)
                .max()
                .orElse(1);
        double left = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::x)
                .min()
                .orElse(0);
        double width = Math.max(right - left, 1);
        double top = top();
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT);
        line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
        line(svg, "<text x=\"%d\" y=\"24\" font-size=\"15\" font-weight=\"bold\">%s</text>", LEFT, escape(title));
        for (int tick = 0; tick <= 10; tick += 2) {
            double y = y(tick / 10.0, 1);
            line(svg, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, y, WIDTH - RIGHT, y);
            line(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>", LEFT - 8, y + 4, top * tick / 10.0);
        }
        for (int tick = 0; tick <= 5; tick++) {
            double value = left + width * tick / 5;
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
                    x(value, left, width),
                    HEIGHT - BOTTOM + 18,
                    value);
        }
        line(
                svg,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 10,
                escape(xLabel));
        for (int i = 0; i < curves.size(); i++) {
            draw(svg, curves.get(i), COLOURS.get(i % COLOURS.size()), i, left, width, top);
        }
        return svg.append("</svg>\n").toString();
    }

    /** The axis's end: 1, or the first of 2, 5, 10, 20 … that no number exceeds. */
    private double top() {
        double highest = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::y)
                .max()
                .orElse(1);
        double top = 1;
        for (int i = 0; top < highest; i++) {
            top *= i % 3 == 1 ? 2.5 : 2;
        }
        return top;
    }

    private static void draw(
            StringBuilder svg, Curve curve, String colour, int row, double left, double width, double top) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x(), left, width), y(point.y(), top)));
        }
        line(
                svg,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
                colour,
                points.toString().strip());
        int legendY = TOP + 12 + row * 20;
        int legendX = WIDTH - RIGHT + 12;
        line(
                svg,
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
                legendX,
                legendY - 4,
                legendX + 18,
                legendY - 4,
                colour);
        line(svg, "<text x=\"%d\" y=\"%d\">%s</text>", legendX + 24, legendY, escape(curve.name()));
    }

    private static double x(double value, double left, double width) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (value - left) / width;
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.max(0, value) / top;
    }

    private static void line(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
