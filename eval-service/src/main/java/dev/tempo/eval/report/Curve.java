package dev.tempo.eval.report;

import java.util.List;

/** One line of a chart. */
record Curve(String name, List<Point> points) {
    Curve {
        points = List.copyOf(points);
    }

    record Point(double x, double y) {}
}
