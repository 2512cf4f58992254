package dev.tempo.eval.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Entries as lines of metrics.jsonl give them. */
final class TrackedEntries {
    static final String RUN = "r-1";

    private TrackedEntries() {}

    static TrackedEntry entry(String line) {
        return TrackedEntry.of(JsonMapper.builder().build().readTree(line));
    }

    /** A round each: an update, at seconds that follow each other. */
    static List<TrackedEntry> rounds(int count) {
        List<TrackedEntry> entries = new ArrayList<>();
        for (int round = 1; round <= count; round++) {
            entries.add(entry("""
                    {"type":"policy","version":%d,"at":"2026-11-28T05:00:%02d.250Z","stage":"a","roundOfStage":%d,"loss":%s,\
                    "reward.mean":0.5,"rows":{"gradient":16},"wallSeconds":12.5}""".formatted(round, round % 60, round, 1.0 / round)));
        }
        return entries;
    }

    static TrackedRun run() {
        return new TrackedRun(RUN, Map.of("tempo.recipe", "quickstart"), Map.of("stages.a.rounds", "4"));
    }
}
