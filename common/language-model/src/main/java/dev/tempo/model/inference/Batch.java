package dev.tempo.model.inference;

import dev.tempo.model.forward.Buckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The rows for which tokens are generated side by side, in the order of their blocks in the cache. */
final class Batch {
    private final int keyValueHeads;
    private final CacheSpace space;
    private final List<Row> rows = new ArrayList<>();

    Batch(int keyValueHeads, CacheSpace space) {
        this.keyValueHeads = keyValueHeads;
        this.space = space;
    }

    List<Row> rows() {
        return rows;
    }

    void add(List<Row> joined) {
        rows.addAll(joined);
        rows.sort(Comparator.comparingLong(Row::cell));
    }

    void clear() {
        rows.clear();
    }

    /**
     * The spans in which the script attends the rows, six numbers for each run of rows that it can attend in one go: see
     * decoding.torchscript.
     */
    long[] spans() {
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (i > 0 && row.continues(rows.get(i - 1), keyValueHeads)) {
                spans.get(spans.size() - 1)[0]++;
            } else {
                int fewest = Buckets.fewestAttended(row.position() + 1);
                spans.add(new long[] {1, 1, row.cell(), row.capacity(), fewest, row.attended()});
            }
        }
        return spans.stream().flatMapToLong(Arrays::stream).toArray();
    }

    /**
     * Removes the rows that are finished. The last row of a run moves into the gap, so that the run stays without one.
     *
     * @return the removed rows
     */
    List<Row> leave(Decoder decoder) {
        List<Row> left = new ArrayList<>();
        for (int i = rows.size() - 1; i >= 0; i--) {
            Row row = rows.get(i);
            if (row.over()) {
                left.add(row);
                int last = endOfStretch(i);
                if (last > i) {
                    Row mover = rows.get(last);
                    long vacated = mover.cell();
                    decoder.move(mover, row.cell());
                    rows.set(i, mover);
                    release(vacated, mover);
                } else {
                    release(row.cell(), row);
                }
                rows.remove(last);
            }
        }
        return left;
    }

    private int endOfStretch(int from) {
        int last = from;
        while (last + 1 < rows.size() && rows.get(last + 1).continues(rows.get(last), keyValueHeads)) {
            last++;
        }
        return last;
    }

    private void release(long cell, Row row) {
        space.release(cell, (long) keyValueHeads * row.capacity());
    }
}
