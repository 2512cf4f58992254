package dev.tempo.model.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A group of rows that join the batch together: their prompts have the same padded length, and their blocks lie side by
 * side.
 *
 * @param rows in the order of their blocks; the first {@code distinct} ones have distinct prompts
 * @param sources for each row the index of its prompt among the distinct ones
 * @param distinct the number of distinct prompts
 */
record Cohort(List<Row> rows, List<Integer> sources, int distinct) {

    /**
     * The cohorts of joining rows. The blocks that rows were given are exchanged among rows that need the same size, so that
     * there are few cohorts.
     */
    static List<Cohort> of(List<Row> joining, int keyValueHeads) {
        Map<Integer, List<Row>> byCapacity = new TreeMap<>();
        joining.forEach(row -> byCapacity
                .computeIfAbsent(row.capacity(), ignored -> new ArrayList<>())
                .add(row));
        List<Cohort> cohorts = new ArrayList<>();
        byCapacity.forEach((capacity, rows) -> {
            long block = (long) keyValueHeads * capacity;
            long[] cells = rows.stream().mapToLong(Row::cell).sorted().toArray();
            List<Row> byLength = new ArrayList<>(rows);
            byLength.sort(Comparator.comparingInt(Row::promptLength));
            int from = 0;
            for (int i = 1; i <= cells.length; i++) {
                if (i == cells.length
                        || cells[i] != cells[i - 1] + block
                        || byLength.get(i).promptLength() != byLength.get(from).promptLength()) {
                    cohorts.add(of(byLength.subList(from, i), cells[from], block));
                    from = i;
                }
            }
        });
        return cohorts;
    }

    private static Cohort of(List<Row> rows, long cell, long block) {
        Map<List<Integer>, Integer> prompts = new LinkedHashMap<>();
        List<Row> first = new ArrayList<>();
        List<Row> others = new ArrayList<>();
        List<Integer> othersSources = new ArrayList<>();
        for (Row row : rows) {
            List<Integer> prompt = Arrays.stream(row.task().promptIds()).boxed().toList();
            Integer known = prompts.putIfAbsent(prompt, first.size());
            if (known == null) {
                first.add(row);
            } else {
                others.add(row);
                othersSources.add(known);
            }
        }
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            sources.add(i);
        }
        sources.addAll(othersSources);
        int distinct = first.size();
        first.addAll(others);
        for (int i = 0; i < first.size(); i++) {
            first.get(i).place(cell + i * block);
        }
        return new Cohort(first, sources, distinct);
    }

    int promptLength() {
        return rows.get(0).promptLength();
    }

    int capacity() {
        return rows.get(0).capacity();
    }

    long cell() {
        return rows.get(0).cell();
    }
}
