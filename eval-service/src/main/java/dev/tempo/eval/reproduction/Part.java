package dev.tempo.eval.reproduction;

import java.util.List;

/** A part of a report, whatever form it is written in. */
sealed interface Part {

    /** A title; level 1 is the page's, and that of each chapter where there are several. */
    record Title(int level, String text) implements Part {}

    /** A paragraph; words between backquotes are code. */
    record Paragraph(String text) implements Part {}

    /**
     * A table.
     *
     * @param rows cells as many as titles
     * @param note what stands below it; empty for nothing
     */
    record Table(List<String> titles, List<List<Cell>> rows, String note) implements Part {
        public Table {
            titles = List.copyOf(titles);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A cell.
     *
     * @param small what stands below its text, smaller; empty for nothing
     */
    record Cell(String text, String small, Kind kind) {
        static Cell of(String text) {
            return new Cell(text, "", Kind.PLAIN);
        }

        static Cell of(String text, String small) {
            return new Cell(text, small, Kind.PLAIN);
        }
    }

    /** How a cell is set off from others. */
    enum Kind {
        PLAIN,
        STRONG,
        GOOD,
        BAD,
        ABSENT
    }

    /** Figures side by side where there is room. */
    record Figures(List<Figure> figures) implements Part {
        public Figures {
            figures = figures.stream().filter(figure -> !figure.chart.isEmpty()).toList();
        }
    }

    /**
     * A figure.
     *
     * @param file name of its file, without suffix
     */
    record Figure(String file, FigureChart chart, String caption) {}

    /** Lines that are looked up rather than read. */
    record Details(String title, List<String> lines) implements Part {
        public Details {
            lines = List.copyOf(lines);
        }
    }
}
