package dev.tempo.verification;

/** The score of a logic grid: how many of its cells are right. */
public record GridScore(int right, int cells) {
    public GridScore {
        if (cells < 1 || right < 0 || right > cells) {
            throw new IllegalArgumentException(right + " of " + cells + " cells cannot be right");
        }
    }

    /** Whether every cell is right. */
    public boolean solved() {
        return right == cells;
    }

    /** The share of right cells, 0 to 1. */
    public double accuracy() {
        return (double) right / cells;
    }
}
