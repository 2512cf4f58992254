package dev.tempo.eval.reproduction;

import java.util.List;

/**
 * One line of a figure, with a band where its points have bounds.
 *
 * @param colour number of its colour, the same for one method in every figure
 * @param dashed whether it is drawn dashed, as what others are compared with
 */
record Series(String name, int colour, boolean dashed, List<Point> points) {
    Series {
        points = List.copyOf(points);
    }

    /**
     * A point of a line.
     *
     * @param low lower end of the band here; {@code y} where there is none
     * @param weight of its dot, from 0 to 1; 0 for none
     */
    record Point(double x, double y, double low, double high, double weight) {
        static Point of(double x, double y) {
            return new Point(x, y, y, y, 0);
        }
    }

    boolean hasBand() {
        return points.stream().anyMatch(point -> point.high > point.low);
    }

    Point last() {
        return points.get(points.size() - 1);
    }
}
