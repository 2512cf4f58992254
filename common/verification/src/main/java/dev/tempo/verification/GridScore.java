package dev.tempo.verification;

/** How much of a logic grid was filled in rightly. */
public record GridScore(int right, int cells) {
    public GridScore {
        if (cells < 1 || right < 0 || right > cells) {
            throw new IllegalArgumentException(right + " of " + cells + " cells cannot be right");
        }
    }

    /** Whether the whole puzzle is solved. */
    public boolean solved() {
        return right == cells;
    }

    /** Share of right cells, 0 to 1. */
    public double accuracy() {
        return (double) right / cells;
    }
}
