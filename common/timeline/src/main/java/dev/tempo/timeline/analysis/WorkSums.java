package dev.tempo.timeline.analysis;

import dev.tempo.timeline.SpanKind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time and processor time added up by service, kind and name. */
final class WorkSums {
    private final Map<Row, double[]> rows = new LinkedHashMap<>();

    private record Row(String service, SpanKind kind, String name) {}

    void add(Work work) {
        double[] sums = rows.computeIfAbsent(new Row(work.service(), work.kind(), work.name()), first -> new double[2]);
        sums[0] += work.micros();
        sums[1] = sums[1] < 0 || work.cpu() < 0 ? -1 : sums[1] + work.cpu();
    }

    /** The sums, or their averages, the longest first. */
    List<Work> dividedBy(int count) {
        return rows.entrySet().stream()
                .map(row -> new Work(
                        row.getKey().service(),
                        row.getKey().kind(),
                        row.getKey().name(),
                        row.getValue()[0] / count,
                        row.getValue()[1] < 0 ? -1 : row.getValue()[1] / count))
                .sorted(Comparator.comparingDouble(Work::micros).reversed())
                .toList();
    }
}
