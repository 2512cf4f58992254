package dev.tempo.model.scripts;

/**
 * The numbers of rows that one product may have so that each row's bits are those of every other such number: the multiples
 * of {@code unit} up to {@code most}. See products.torchscript.
 */
public record RowBlocks(int unit, int most) {
    /** Any number of rows, where bits are not promised. */
    static final RowBlocks ANY = new RowBlocks(1, 1 << 30);

    public RowBlocks {
        if (unit < 1 || most < unit || most % unit != 0) {
            throw new IllegalArgumentException("no blocks of " + unit + " to " + most + " rows");
        }
    }

    @Override
    public String toString() {
        return unit == most ? "blocks of " + unit + " rows" : "blocks of " + unit + " to " + most + " rows";
    }
}
