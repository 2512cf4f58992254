package dev.tempo.eval.reproduction;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.algorithm.Reliability;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the report needs of one method on one seed, small enough to be kept beside the code.
 *
 * @param format {@value #FORMAT} today
 * @param world the name of the recipe that the methods vary
 * @param recipeSha256 of the recipe with every default, its files and model by their contents
 * @param rounds of the last stage, in which methods differ
 * @param by software and machine that computed it
 * @param distances of its sets of questions; null where there is no E-step
 * @param posteriorGaps by rounds of the last stage that have an E-step, the mean over its questions; null where nobody counted
 * @param versions that were measured, in order
 */
public record MethodSummary(
        int format,
        String world,
        String method,
        long seed,
        String recipeSha256,
        String run,
        int rounds,
        @Nullable Provenance by,
        List<SetQuestions> sets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Distances distances,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<Integer, Double> posteriorGaps,
        List<MeasuredVersion> versions) {
    static final int FORMAT = 1;

    private static final String SUFFIX = ".json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public MethodSummary {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format is " + format + ", but this version reads " + FORMAT);
        }
        sets = List.copyOf(sets);
        posteriorGaps = posteriorGaps == null ? null : Collections.unmodifiableMap(new TreeMap<>(posteriorGaps));
        versions = List.copyOf(versions);
    }

    /**
     * The questions of a set.
     *
     * @param testTime whether they are those without labels that methods learn from
     * @param samples of each
     * @param passAt the k of pass@k that are reported
     * @param questions ids, in the order of every count
     * @param domains theirs, in the same order; null where all are of one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SetQuestions(
            String set,
            boolean testTime,
            int samples,
            List<Integer> passAt,
            List<String> questions,
            @Nullable List<String> domains) {
        public SetQuestions {
            passAt = List.copyOf(passAt);
            questions = List.copyOf(questions);
            domains = domains == null ? null : List.copyOf(domains);
        }

        /** The questions of each domain, by its name; empty where all are of one. */
        SortedMap<String, Set<String>> byDomain() {
            SortedMap<String, Set<String>> byDomain = new TreeMap<>();
            for (int i = 0; domains != null && i < questions.size(); i++) {
                byDomain.computeIfAbsent(domains.get(i), first -> new TreeSet<>())
                        .add(questions.get(i));
            }
            return byDomain;
        }
    }

    /**
     * Distances from the questions without labels, 0 to 1.
     *
     * @param calibration to those that the critic is recalibrated on
     * @param heldOut to held-out ones; null where there are none
     */
    public record Distances(double calibration, @Nullable Double heldOut) {}

    /**
     * A measured policy version.
     *
     * @param round of the last stage, 0 for where it begins; null before
     * @param wallSeconds since the last stage began; null before
     * @param cpuSeconds of all processes since then, measurements included; null before, or where nobody counted
     * @param tokens of responses that went through policy and critic since then; null where nobody counted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MeasuredVersion(
            String name,
            int version,
            @Nullable Integer round,
            @Nullable Double wallSeconds,
            @Nullable Double cpuSeconds,
            @Nullable Double tokens,
            Map<String, SetCounts> sets,
            @Nullable CriticMeasure critic) {
        public MeasuredVersion {
            sets = Collections.unmodifiableMap(new TreeMap<>(sets));
        }

        /** @throws IllegalStateException if the set was not measured */
        SetCounts on(String set) {
            SetCounts counts = sets.get(set);
            if (counts == null) {
                throw new IllegalStateException(name + " was not measured on " + set);
            }
            return counts;
        }
    }

    /**
     * The samples of a set's questions.
     *
     * @param right of each question's samples; null where none is decided
     * @param maj share of questions whose most frequent answer is right
     * @param wrongClaimingCorrect share of the wrong responses that claim to be right; null where no judge says what responses claim
     * @param distinctAnswers mean number of different answers to a question
     * @param leftOut samples that were not generated or not decided; others stand for them
     * @param answerEntropy mean entropy of a question's answers, in nats; null where nobody counted, as what follows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SetCounts(
            List<@Nullable Integer> right,
            double maj,
            @Nullable Double wrongClaimingCorrect,
            double malformed,
            double distinctAnswers,
            int leftOut,
            @Nullable Double answerEntropy,
            @Nullable Double responseTokens,
            @Nullable Double truncated) {}

    /** Whether the critic's last value told right from wrong; the bins are empty where nobody counted. */
    public record CriticMeasure(double auc, double brier, List<Reliability.Bin> reliability) {
        public CriticMeasure {
            reliability = List.copyOf(reliability);
        }
    }

    /** The mean posterior gap of the rounds since the measurement before this one; NaN where nobody counted. */
    double posteriorGap(int round) {
        if (posteriorGaps == null) {
            return Double.NaN;
        }
        int before = ofLastStage().stream()
                .map(MeasuredVersion::round)
                .filter(measured -> measured != null && measured < round)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
        return posteriorGaps.entrySet().stream()
                .filter(gap -> gap.getKey() > before && gap.getKey() <= round)
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(Double.NaN);
    }

    /** The set of the questions without labels. */
    SetQuestions testTime() {
        return sets.stream().filter(SetQuestions::testTime).findFirst().orElse(sets.get(0));
    }

    Optional<SetQuestions> set(String name) {
        return sets.stream().filter(set -> set.set.equals(name)).findFirst();
    }

    /** The measurement after so many rounds of the last stage. */
    public Optional<MeasuredVersion> at(int round) {
        return versions.stream()
                .filter(version -> Objects.equals(version.round, round))
                .findFirst();
    }

    /** The measurements of the last stage. */
    List<MeasuredVersion> ofLastStage() {
        return versions.stream().filter(version -> version.round != null).toList();
    }

    /** Each question's score, by id; without those of which no sample is decided, and empty where nothing was measured. */
    SortedMap<String, Double> scores(int round, String set, ScoreKind kind) {
        SortedMap<String, Double> scores = new TreeMap<>();
        Optional<SetQuestions> asked = set(set);
        Optional<MeasuredVersion> measured = at(round);
        if (asked.isPresent() && measured.isPresent()) {
            List<@Nullable Integer> right = measured.get().on(set).right();
            for (int i = 0; i < right.size(); i++) {
                Integer count = right.get(i);
                if (count != null) {
                    scores.put(
                            asked.get().questions().get(i),
                            kind.of(count, asked.get().samples()));
                }
            }
        }
        return scores;
    }

    /** Wall seconds that a round of the last stage took, measurements included; empty where nobody counted. */
    public OptionalDouble secondsPerRound() {
        MeasuredVersion last = versions.get(versions.size() - 1);
        return last.round() == null || last.round() == 0 || last.wallSeconds() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(last.wallSeconds() / last.round());
    }

    /** The name of its file. */
    public static String fileName(String world, String method, long seed, int rounds) {
        return world + "-" + method + "-s" + seed + "-r" + rounds + SUFFIX;
    }

    /**
     * The summaries in directories: in each itself, or where a report's own are kept below it.
     *
     * @param data where a directory with a report has its summaries
     * @throws UserException if there is no such directory, or a file is no such summary
     */
    static List<MethodSummary> read(List<Path> directories, UnaryOperator<Path> data) {
        List<MethodSummary> summaries = new ArrayList<>();
        for (Path directory : directories) {
            Path kept = data.apply(directory);
            Path searched = Files.isDirectory(kept) ? kept : directory;
            if (!Files.isDirectory(searched)) {
                throw new UserException("there is no directory " + directory);
            }
            try (Stream<Path> files = Files.list(searched)) {
                files.filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
                        .sorted()
                        .forEach(file -> summaries.add(read(file)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(searched + " cannot be read", unreadable);
            }
        }
        return summaries;
    }

    /**
     * The summaries of a method on a seed in a directory, the fewest rounds first; none where there is no directory.
     *
     * @throws UserException if a file is no such summary
     */
    public static List<MethodSummary> written(Path directory, String world, String method, long seed) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        Pattern name = Pattern.compile(
                Pattern.quote(world + "-" + method + "-s" + seed + "-r") + "\\d+" + Pattern.quote(SUFFIX));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .map(file -> read(file))
                    .sorted(Comparator.comparingInt(MethodSummary::rounds))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory + " cannot be read", unreadable);
        }
    }

    /**
     * The summaries that a report is of, by seed and in the order of methods: of a method and seed that are there more than once,
     * the longest run.
     *
     * @throws UserException if they are not of one world
     */
    static List<MethodSummary> longest(Collection<MethodSummary> summaries) {
        List<String> worlds =
                summaries.stream().map(MethodSummary::world).distinct().sorted().toList();
        if (worlds.size() != 1) {
            throw new UserException(
                    worlds.isEmpty()
                            ? "there is no summary to report on"
                            : "the summaries are of more than one world, " + String.join(", ", worlds)
                                    + "; choose one by --world");
        }
        Map<String, MethodSummary> longest = new LinkedHashMap<>();
        summaries.stream()
                .sorted(Comparator.comparing(MethodSummary::seed)
                        .thenComparing(MethodSummary::method, Method.order())
                        .thenComparing(MethodSummary::rounds))
                .forEach(summary -> longest.put(summary.seed() + " " + summary.method(), summary));
        return List.copyOf(longest.values());
    }

    /** Writes its file into a directory, all or nothing. */
    public Path write(Path directory) {
        Path file = directory.resolve(fileName(world, method, seed, rounds));
        try {
            Files.createDirectories(directory);
            Path beside = Files.writeString(
                    directory.resolve("." + file.getFileName()), JSON.writeValueAsString(this) + "\n");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    /** @throws UserException if the file is no such summary */
    public static MethodSummary read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), MethodSummary.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException other) {
            throw new UserException(
                    file + " is no summary that ./tempo reproduce has written: " + other.getOriginalMessage());
        }
    }
}
