package dev.tempo.standalone.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark that has a name. It knows where its file lies once its user has fetched it, in which form its publisher wrote it,
 * how it is asked and who judges the answers; the file itself comes from the user.
 *
 * @param published questions that its publisher counts; 0 where nobody has said
 * @param exact whether exactly as many are measured: the set has no doubles and no row that cannot be used
 * @param seen whether such a file was at hand where this was written
 * @param fetch the command that fetches the file, with {@code DATA} for the directory
 * @param trap what is easily got wrong about the published files; empty where nothing is
 * @param places where the file lies in the directory, the surest first
 */
public record NamedBenchmark(
        String name,
        int published,
        boolean exact,
        boolean seen,
        AnswerForm asked,
        List<String> judges,
        String fetch,
        String trap,
        List<Place> places) {

    /**
     * A place in the directory.
     *
     * @param words the end of the path below it, with slashes and stars, in whatever case; whatever ends in a hyphen may stand
     *     before it
     * @param where fields of the wanted rows, of files that hold several sets
     * @param several whether the set is all files that match
     */
    record Place(String words, Pattern file, Map<String, String> where, boolean several) {
        private static final String TABLE = "(?:/.*)?\\.(?:parquet|csv|jsonl|json)(?:\\.gz)?";

        static Place of(String file) {
            return new Place(file, pattern(file, ""), Map.of(), false);
        }

        static Place allOf(String files) {
            return new Place(files, pattern(files, ""), Map.of(), true);
        }

        static Place allBut(String files, String without) {
            Pattern but = Pattern.compile(
                    "(?!.*" + Pattern.quote(without) + ")" + pattern(files, ""), Pattern.CASE_INSENSITIVE);
            return new Place(files, but, Map.of(), true);
        }

        static Place within(String file, String field, String value) {
            return new Place(file, pattern(file, ""), Map.of(field, value), false);
        }

        /** A file of any format with this name, or files in a folder of this name. */
        static Place table(String name) {
            return new Place(name + ".*", pattern(name, TABLE), Map.of(), false);
        }

        static Place allOfTable(String name) {
            return new Place(name + "/**", pattern(name, TABLE), Map.of(), true);
        }

        boolean fits(String path) {
            return file.matcher(path).matches();
        }

        private static Pattern pattern(String words, String ending) {
            String quoted = Pattern.quote(words).replace("*", "\\E[^/]*\\Q");
            return Pattern.compile("(?:.*[/-])?" + quoted + ending, Pattern.CASE_INSENSITIVE);
        }
    }

    private static final List<String> MATH = List.of("math");
    private static final List<String> RULES = List.of("rules");
    private static final String SVS = "MATH-AIME-Evaluation.jsonl";
    private static final String ROLL = "math_benchmarks.jsonl";
    private static final String SOURCE = "data_source";
    /** The year whose set is published as two files. */
    private static final int IN_HALVES = 25;

    private static final String AIME = "git clone --depth 1 https://github.com/jianzhnie/LLMEval DATA/LLMEval";

    private static final List<NamedBenchmark> ALL = List.of(
            aime(
                    24,
                    "DAPO's file has each question 32 times; here it is asked as often as --samples says",
                    List.of(
                            Place.of("aime-2024.parquet"),
                            Place.of("AIME-TTT-test.json"),
                            Place.of("AIME-TTT/test.json"),
                            Place.within(SVS, SOURCE, "AIME-2024-30"),
                            Place.within(ROLL, "source", "aime2024"))),
            aime(
                    25,
                    "the hub has it in two halves, I and II; both belong to it",
                    List.of(Place.within(SVS, SOURCE, "AIME-2025-30"), Place.within(ROLL, "source", "aime2025"))),
            aime(26, "", List.of()),
            new NamedBenchmark(
                    "beyond-aime",
                    100,
                    true,
                    false,
                    AnswerForm.REASONING,
                    MATH,
                    "hf download --repo-type dataset ByteDance-Seed/BeyondAIME --local-dir DATA/beyond-aime",
                    "its prompts carry an instruction of their own, which is taken off",
                    List.of(Place.table("beyond-aime"), Place.table("BeyondAIME"))),
            olympiad("en", "easy"),
            olympiad("en", "hard"),
            olympiad("zh", "easy"),
            olympiad("zh", "hard"),
            new NamedBenchmark(
                    "math-500",
                    500,
                    false,
                    true,
                    AnswerForm.REASONING,
                    MATH,
                    "git clone --depth 1 https://github.com/MasterVito/SvS DATA/SvS",
                    "seen within files of several sets; a file of its own is taken by --benchmark math-500=FILE",
                    List.of(Place.within(SVS, SOURCE, "MATH-500"), Place.within(ROLL, "source", "MATH-500"))),
            new NamedBenchmark(
                    "dapo",
                    17_917,
                    false,
                    true,
                    AnswerForm.REASONING,
                    MATH,
                    "git clone --depth 1 https://github.com/MasterVito/SvS DATA/SvS",
                    "a training set: measure on it only what was not trained on it. The hub's copy repeats it 100 times, and some"
                            + " questions come twice or with two answers, which are left out",
                    List.of(Place.of("dapo_math_17k.parquet"), Place.of("dapo-math-17k.parquet"))),
            new NamedBenchmark(
                    "bbh",
                    6_511,
                    false,
                    true,
                    AnswerForm.TASK,
                    RULES,
                    "git clone --depth 1 https://github.com/suzgunmirac/BIG-Bench-Hard DATA/BIG-Bench-Hard",
                    "27 files with their rows in 'examples' and a canary above them; a few questions come twice",
                    List.of(Place.allOf("bbh/*.json"))),
            new NamedBenchmark(
                    "agieval",
                    8_063,
                    false,
                    true,
                    AnswerForm.EXAM,
                    RULES,
                    "git clone --depth 1 https://github.com/ruixiangcui/AGIEval DATA/AGIEval",
                    "its 20 tasks, without sat-en-without-passage, which is one of them again: letters, several letters, blanks and"
                            + " formulas; rows with two equal options have no right letter and are left out",
                    List.of(
                            Place.allBut("AGIEval/data/v1/*.jsonl", "without-passage"),
                            Place.allBut("agieval/*.jsonl", "without-passage"))),
            new NamedBenchmark(
                    "zebralogic",
                    1_000,
                    false,
                    false,
                    AnswerForm.NONE,
                    List.of("grid"),
                    "hf download --repo-type dataset allenai/ZebraLogicBench-private --local-dir DATA/zebralogic",
                    "on request only: in the public copy every cell of every solution is masked, and outputs of models have no"
                            + " solution at all",
                    List.of(Place.allOfTable("zebralogic/grid_mode"), Place.allOf("zebralogic*/*.json"))),
            new NamedBenchmark(
                    "gpqa-diamond",
                    198,
                    true,
                    false,
                    AnswerForm.CHOICE,
                    List.of("choice"),
                    "hf download --repo-type dataset Idavidrein/gpqa --local-dir DATA/gpqa",
                    "on request only; the right option always stands first in the file, and is moved",
                    List.of(Place.of("gpqa_diamond.csv"), Place.table("gpqa-diamond"))),
            new NamedBenchmark(
                    "dolci",
                    0,
                    false,
                    false,
                    AnswerForm.REASONING,
                    RULES,
                    "hf download --repo-type dataset allenai/Dolci-RL-Zero-General-7B --local-dir DATA/dolci",
                    "a training set whose answers are free-form: rules say of few of them that they are wrong for certain, so put a"
                            + " judge model behind them (--judge rules,model)",
                    List.of(Place.allOfTable("dolci"))));

    private static NamedBenchmark aime(int year, String trap, List<Place> others) {
        List<Place> places = new ArrayList<>(List.of(Place.of("aime" + year + ".jsonl")));
        places.addAll(others);
        for (String name : List.of("aime", "aime20", "aime-20", "aime_20")) {
            places.add(year == IN_HALVES ? Place.allOfTable(name + year) : Place.table(name + year));
        }
        return new NamedBenchmark(
                "aime" + year, 30, true, true, AnswerForm.REASONING, MATH, AIME, trap, List.copyOf(places));
    }

    private static NamedBenchmark olympiad(String language, String level) {
        return new NamedBenchmark(
                "olymmath-" + language + "-" + level,
                100,
                true,
                true,
                language.equals("zh") ? AnswerForm.CHINESE_REASONING : AnswerForm.REASONING,
                MATH,
                "git clone --depth 1 https://github.com/RUCAIBox/OlymMATH DATA/OlymMATH",
                "",
                List.of(Place.of("OlymMATH-" + language + "-" + level + ".jsonl")));
    }

    /** The benchmark of a name. */
    public static Optional<NamedBenchmark> named(String name) {
        return ALL.stream().filter(one -> one.name.equalsIgnoreCase(name)).findFirst();
    }

    /** Every name. */
    public static List<String> names() {
        return ALL.stream().map(NamedBenchmark::name).toList();
    }

    /** The command that fetches its file into a directory, and what else its user should know. */
    String remedy(@Nullable String directory) {
        String where = directory == null ? "DIR" : directory;
        return "fetch it by\n         " + fetch.replace("DATA", where)
                + (seen
                        ? ""
                        : "\n       Its file was never seen where this program was written, so its questions are told by the"
                                + " names of their fields alone")
                + (trap.isEmpty() ? "" : "\n       To know: " + trap);
    }

    /** What is looked for in a directory, in words. */
    String looksFor() {
        return places.stream().map(Place::words).distinct().collect(Collectors.joining(", "));
    }
}
