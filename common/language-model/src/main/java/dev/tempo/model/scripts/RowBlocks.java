package dev.tempo.model.scripts;

/**
 * The numbers of rows for which one product gives each row the same bits: the multiples of {@code unit} up to {@code most}.
 * See products.torchscript.
 *
 * @param unit the fewest rows of a product
 * @param most the most rows of a product, a multiple of {@code unit}
 */
public record RowBlocks(int unit, int most) {
    /** Blocks of any number of rows, where bits are not promised. */
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
