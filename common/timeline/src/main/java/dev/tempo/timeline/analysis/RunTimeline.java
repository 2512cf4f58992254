package dev.tempo.timeline.analysis;

import dev.tempo.timeline.CpuSample;
import dev.tempo.timeline.Span;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.TimelineFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rounds of a run, as far as they are recorded whole. */
public final class RunTimeline {
    private static final String VERSIONS = "policy-versions";

    private final List<Span> spans;
    private final List<CpuSample> samples;
    private final Map<ThreadTrack.Key, ThreadTrack> tracks;
    private final CriticalPath path;

    private RunTimeline(TimelineFiles.Recorded recorded) {
        spans = recorded.spans();
        samples = recorded.samples();
        tracks = ThreadTrack.of(spans);
        path = new CriticalPath(spans, tracks);
    }

    /** The whole rounds in what was recorded, in order. */
    public static List<RoundTimeline> rounds(TimelineFiles.Recorded recorded) {
        RunTimeline run = new RunTimeline(recorded);
        TreeMap<Integer, List<Span>> published = new TreeMap<>();
        for (Span span : run.spans) {
            if (VERSIONS.equals(span.publishes())) {
                published
                        .computeIfAbsent(span.round(), first -> new ArrayList<>())
                        .add(span);
            }
        }
        List<RoundTimeline> rounds = new ArrayList<>();
        published.forEach((version, publications) -> {
            Span end = published.getOrDefault(version + 1, List.of()).stream()
                    .findFirst()
                    .orElse(null);
            // a trainer that was started again has published the version that the round begins with once more
            Span begin = publications.stream()
                    .filter(one -> end != null && one.end() < end.start())
                    .reduce((one, next) -> next)
                    .orElse(null);
            if (begin != null && end != null) {
                rounds.add(run.round(version, begin.end(), end));
            }
        });
        return rounds;
    }

    private RoundTimeline round(int round, long from, Span last) {
        long to = last.end();
        return new RoundTimeline(
                round,
                from,
                to,
                path.to(last, from),
                work(from, to),
                waits(from, to),
                processes(from, to),
                idle(from, to));
    }

    private List<Work> work(long from, long to) {
        WorkSums sums = new WorkSums();
        tracks.values().forEach(track -> {
            Map<Long, Long> own = new LinkedHashMap<>();
            track.stretches()
                    .forEach(stretch -> own.merge(stretch.span().id(), stretch.to() - stretch.from(), Long::sum));
            for (Stretch stretch : track.stretches()) {
                double micros = Math.min(to, stretch.to()) - (double) Math.max(from, stretch.from());
                if (micros > 0) {
                    Span span = stretch.span();
                    double share = micros / own.getOrDefault(span.id(), 1L);
                    double json = Math.min(micros, share * span.json());
                    double cpu = track.ownCpu(span) < 0 ? -1 : share * track.ownCpu(span);
                    double cpuOfJson = cpu < 0 ? -1 : cpu * json / micros;
                    sums.add(new Work(
                            span.service(),
                            span.kind(),
                            Work.name(span),
                            micros - json,
                            cpu < 0 ? -1 : cpu - cpuOfJson));
                    if (json > 0) {
                        sums.add(new Work(span.service(), SpanKind.JSON, "read " + span.takes(), json, cpuOfJson));
                    }
                }
            }
        });
        return sums.dividedBy(1);
    }

    private List<Work> waits(long from, long to) {
        WorkSums sums = new WorkSums();
        tracks.values().forEach(track -> {
            long free = from;
            for (Span span : track.outermost()) {
                if (span.takes() != null && span.start() > free && span.start() < to) {
                    sums.add(new Work(span.service(), SpanKind.WAITING, span.takes(), span.start() - (double) free, 0));
                }
                free = Math.max(free, span.end());
            }
        });
        return sums.dividedBy(1);
    }

    private Map<String, Double> processes(long from, long to) {
        Map<String, Double> taken = new TreeMap<>();
        if (covers(from, to)) {
            for (String process : samples.get(samples.size() - 1).processes().keySet()) {
                taken.put(
                        process,
                        at(to, sample -> sample.processes().getOrDefault(process, 0L))
                                - at(from, sample -> sample.processes().getOrDefault(process, 0L)));
            }
        }
        return taken;
    }

    private List<Double> idle(long from, long to) {
        List<Double> shares = new ArrayList<>();
        if (covers(from, to)) {
            int cores = samples.stream()
                    .mapToInt(sample -> sample.cores().size())
                    .min()
                    .orElse(0);
            for (int core = 0; core < cores; core++) {
                int number = core;
                double idle = at(to, sample -> sample.cores().get(number).idle())
                        - at(from, sample -> sample.cores().get(number).idle());
                double busy = at(to, sample -> sample.cores().get(number).busy())
                        - at(from, sample -> sample.cores().get(number).busy());
                shares.add(idle + busy <= 0 ? 0 : idle / (idle + busy));
            }
        }
        return shares;
    }

    private boolean covers(long from, long to) {
        return samples.size() > 1
                && samples.get(0).at() <= from
                && samples.get(samples.size() - 1).at() >= to;
    }

    /** What a counter stood at, between two samples as if it had grown evenly. */
    private double at(long moment, java.util.function.ToLongFunction<CpuSample> counter) {
        CpuSample before = samples.get(0);
        for (CpuSample after : samples) {
            if (after.at() >= moment) {
                double low = counter.applyAsLong(before);
                double part =
                        after.at() == before.at() ? 0 : (moment - before.at()) / (double) (after.at() - before.at());
                return low + part * (counter.applyAsLong(after) - low);
            }
            before = after;
        }
        return counter.applyAsLong(before);
    }
}
