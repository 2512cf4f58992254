package dev.tempo.eval.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.text.WordUtils;

/**
 * A figure as an SVG whose colours follow the reader's light or dark theme. Lines are named at their ends, so that no legend has to
 * be looked up.
 *
 * @param fraction whether the vertical axis goes from 0 to 1 at most
 * @param diagonal whether the line y = x is drawn, as of a critic that is never off
 */
record FigureChart(String title, String xLabel, boolean fraction, boolean diagonal, List<Series> series) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 46;
    private static final int RIGHT = 156;
    private static final int TOP = 44;
    private static final int BOTTOM = 46;
    private static final double LABEL = 17;
    /** Of a label with several rows. */
    private static final double ROW = 14;
    /** Characters, in the widest of usual fonts. */
    private static final int ROW_LENGTH = 16;

    private static final int TICKS = 5;

    /** Colours of methods by theme, told apart by colour-blind readers as far as so many can be. */
    static final List<String> LIGHT =
            List.of("#0b62c4", "#0d8f9c", "#c2410c", "#a8378a", "#2e7d32", "#6b7280", "#8a6a00", "#5b46b8", "#9f1239");

    static final List<String> DARK =
            List.of("#6db3ff", "#4fd1cf", "#ff9a62", "#ee8fcf", "#7ed387", "#a7afbb", "#e3c352", "#b0a1ff", "#ff8fa3");

    FigureChart {
        series = series.stream().filter(line -> !line.points().isEmpty()).toList();
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The SVG within a page that has the {@linkplain #style colours}. */
    String inPage() {
        return svg("");
    }

    /** The SVG as a file of its own. */
    String alone() {
        return svg("<style>svg{" + style(LIGHT, "#1f2430", "#667085", "#e3e6eb", "#ffffff")
                + "}@media(prefers-color-scheme:dark){svg{" + style(DARK, "#e6e9ef", "#98a2b3", "#2c3440", "#12161c")
                + "}}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>\n");
    }

    /** Declarations of the colours of a theme. */
    static String style(List<String> methods, String ink, String faint, String grid, String paper) {
        StringBuilder style =
                new StringBuilder("--ink:" + ink + ";--faint:" + faint + ";--grid:" + grid + ";--paper:" + paper + ";");
        for (int i = 0; i < methods.size(); i++) {
            style.append("--m").append(i).append(':').append(methods.get(i)).append(';');
        }
        return style.toString();
    }

    private String svg(String begin) {
        Axis x = axis(Series.Point::x, Series.Point::x, false);
        Axis y = axis(Series.Point::low, Series.Point::high, fraction);
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"12.5\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                Markup.escaped(title));
        svg.append(begin);
        line(
                svg,
                "<text x=\"%d\" y=\"24\" font-size=\"15\" font-weight=\"600\" fill=\"var(--ink)\">%s</text>",
                LEFT - 34,
                Markup.escaped(title));
        axes(svg, x, y);
        if (diagonal) {
            line(
                    svg,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"var(--faint)\""
                            + " stroke-dasharray=\"2 4\"/>",
                    atX(x, 0),
                    atY(y, 0),
                    atX(x, 1),
                    atY(y, 1));
        }
        series.forEach(one -> band(svg, one, x, y));
        series.forEach(one -> curve(svg, one, x, y));
        labels(svg, x, y);
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            line(
                    svg,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"var(--grid)\"/>",
                    LEFT,
                    atY(y, tick),
                    WIDTH - RIGHT,
                    atY(y, tick));
            line(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"var(--faint)\">%s</text>",
                    LEFT - 8,
                    atY(y, tick) + 4,
                    y.words(tick));
        }
        for (double tick : x.ticks()) {
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"var(--faint)\">%s</text>",
                    atX(x, tick),
                    HEIGHT - BOTTOM + 18,
                    x.words(tick));
        }
        line(
                svg,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"var(--faint)\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 8,
                Markup.escaped(xLabel));
    }

    private static void band(StringBuilder svg, Series one, Axis x, Axis y) {
        if (!one.hasBand()) {
            return;
        }
        StringBuilder path = new StringBuilder();
        List<Series.Point> points = one.points();
        points.forEach(point -> pair(path, atX(x, point.x()), atY(y, point.high())));
        for (int i = points.size() - 1; i >= 0; i--) {
            pair(path, atX(x, points.get(i).x()), atY(y, points.get(i).low()));
        }
        line(
                svg,
                "<polygon points=\"%s\" fill=\"var(--m%d)\" opacity=\".13\"/>",
                path.toString().strip(),
                one.colour());
    }

    private static void curve(StringBuilder svg, Series one, Axis x, Axis y) {
        StringBuilder path = new StringBuilder();
        one.points().forEach(point -> pair(path, atX(x, point.x()), atY(y, point.y())));
        line(
                svg,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"var(--m%d)\" stroke-width=\"2.2\" stroke-linejoin=\"round\""
                        + " stroke-linecap=\"round\"%s/>",
                path.toString().strip(),
                one.colour(),
                one.dashed() ? " stroke-dasharray=\"6 5\"" : "");
        for (Series.Point point : one.points()) {
            if (point.weight() > 0 || one.points().size() == 1) {
                line(
                        svg,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"var(--m%d)\" opacity=\".75\"/>",
                        atX(x, point.x()),
                        atY(y, point.y()),
                        2.5 + 9 * Math.sqrt(point.weight()),
                        one.colour());
            }
        }
    }

    /** A line's name in rows that fit beside the axes. */
    private record Label(Series line, List<String> rows) {
        static Label of(Series line) {
            return new Label(
                    line, WordUtils.wrap(line.name(), ROW_LENGTH).lines().toList());
        }

        double height() {
            return LABEL + (rows.size() - 1) * ROW;
        }
    }

    /** Names beside the ends of lines, from top to bottom, pushed apart where they would touch. */
    private void labels(StringBuilder svg, Axis x, Axis y) {
        List<Label> down = series.stream()
                .sorted(Comparator.comparingDouble(
                        (Series one) -> atY(y, one.last().y())))
                .map(Label::of)
                .toList();
        double[] places = new double[down.size()];
        for (int i = 0; i < places.length; i++) {
            double above = i == 0 ? TOP : places[i - 1] + down.get(i - 1).height();
            places[i] = Math.max(atY(y, down.get(i).line.last().y()), above);
        }
        double lowest = HEIGHT - BOTTOM + LABEL;
        for (int i = places.length - 1; i >= 0; i--) {
            lowest -= down.get(i).height();
            places[i] = Math.min(places[i], lowest);
        }
        for (int i = 0; i < places.length; i++) {
            Series one = down.get(i).line;
            line(
                    svg,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"var(--m%d)\" opacity=\".45\"/>",
                    atX(x, one.last().x()) + 3,
                    atY(y, one.last().y()),
                    WIDTH - RIGHT + 14,
                    places[i],
                    one.colour());
            for (int row = 0; row < down.get(i).rows.size(); row++) {
                line(
                        svg,
                        "<text x=\"%d\" y=\"%.1f\" fill=\"var(--m%d)\" font-weight=\"600\">%s</text>",
                        WIDTH - RIGHT + 18,
                        places[i] + 4 + row * ROW,
                        one.colour(),
                        Markup.escaped(down.get(i).rows.get(row)));
            }
        }
    }

    /** A range with its ticks. */
    private record Axis(double low, double high, double step) {
        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; low + i * step <= high + step / 1000; i++) {
                ticks.add(low + i * step);
            }
            return ticks;
        }

        String words(double tick) {
            if (step >= 1) {
                return String.format(Locale.ROOT, "%,.0f", tick).replace(',', '\u2009');
            }
            int digits = Math.max(1, (int) Math.ceil(-Math.log10(step) - 1e-9));
            return String.format(Locale.ROOT, "%." + digits + "f", tick);
        }
    }

    private Axis axis(ToDoubleFunction<Series.Point> lower, ToDoubleFunction<Series.Point> upper, boolean atMostOne) {
        List<Series.Point> points =
                series.stream().flatMap(one -> one.points().stream()).toList();
        double high = points.stream().mapToDouble(upper).max().orElse(1);
        double low = Math.min(0, points.stream().mapToDouble(lower).min().orElse(0));
        double step = step((diagonal ? 1 : Math.max(high, 1e-3) - low) / TICKS);
        double top = Math.ceil(high / step - 1e-9) * step;
        return new Axis(
                Math.floor(low / step + 1e-9) * step,
                diagonal || atMostOne ? Math.min(1, Math.max(top, step)) : top,
                step);
    }

    /** The first of 1, 2, 5, 10 … times a power of ten that is not less. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static double atX(Axis axis, double value) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (value - axis.low) / Math.max(axis.high - axis.low, 1e-12);
    }

    private static double atY(Axis axis, double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - axis.low) / Math.max(axis.high - axis.low, 1e-12);
    }

    private static void pair(StringBuilder path, double x, double y) {
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }

    private static void line(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
