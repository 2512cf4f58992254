package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe: everything that defines an experiment, from data and model to schedules, rewards and seed.
 *
 * @param seed start of every random choice, in data generation as in training
 * @param model Hugging Face directory of the base model
 * @param training null to train all weights in float32, every mini-batch at once
 * @param judges chain of judge names by domain; {@code default} serves every other domain
 * @param stages in order; version numbers count on through them. Without any, the model is measured as it is
 * @param promotion when a version takes the promoted one's place; null to promote none
 */
public record Recipe(
        String name,
        long seed,
        String model,
        @Nullable Training training,
        Data data,
        Evaluation evaluation,
        Generation generation,
        Map<String, List<String>> judges,
        List<Stage> stages,
        @Nullable PromotionSettings promotion) {

    /** The domain of questions whose file names none, and whose chain serves every domain without one of its own. */
    public static final String DEFAULT_DOMAIN = "default";

    /**
     * The word that stands in place of a chain of judges where another program than judge-service reads the domain's
     * trajectories and writes their verdicts.
     */
    public static final String EXTERNAL = "external";

    /** What the promotion set is called where benchmarks have names. */
    public static final String PROMOTION_SET = "promotion";

    /** What stands in the place of a set's name where chats are asked as shadow traffic. */
    public static final String SHADOW_SET = "shadow";

    private static final String NO_STAGE = "evaluation";

    private static final int MOST_ROUNDS = 1_000_000;

    /** A recipe that promotes none. */
    public Recipe(
            String name,
            long seed,
            String model,
            @Nullable Training training,
            Data data,
            Evaluation evaluation,
            Generation generation,
            Map<String, List<String>> judges,
            List<Stage> stages) {
        this(name, seed, model, training, data, evaluation, generation, judges, stages, null);
    }

    public Recipe {
        Check.name("name", name);
        Check.text("model", model);
        judges = Map.copyOf(judges);
        stages = List.copyOf(stages);
        if (stages.isEmpty() && evaluation.sets().isEmpty()) {
            throw new IllegalArgumentException(
                    "stages: a recipe needs a stage, or a set in evaluation.sets to measure its model on");
        }
        if (promotion != null && evaluation.sets().containsKey(PROMOTION_SET)) {
            throw new IllegalArgumentException("evaluation.sets: '" + PROMOTION_SET
                    + "' is the name of the promotion set; call this one otherwise");
        }
        if (promotion != null && promotion.shadow() != null) {
            if (data.arriving() == null) {
                throw new IllegalArgumentException(
                        "promotion.shadow: chats are asked as shadow traffic only where the run may learn from them;"
                                + " write 'arriving: true' in data.unlabeled, or leave shadow out");
            }
            if (evaluation.sets().containsKey(SHADOW_SET)) {
                throw new IllegalArgumentException(
                        "evaluation.sets: '" + SHADOW_SET + "' is the name of shadow traffic; call this one otherwise");
            }
        }
        if (stages.stream().map(Stage::name).distinct().count() != stages.size()) {
            throw new IllegalArgumentException("stages: two stages have the same name");
        }
        if (stages.stream().limit(Math.max(0, stages.size() - 1)).anyMatch(Stage::unbounded)) {
            throw new IllegalArgumentException("stages: only the last stage may have unbounded rounds");
        }
        if (stages.stream()
                        .filter(stage -> !stage.unbounded())
                        .mapToLong(Stage::rounds)
                        .sum()
                > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "stages: all of them together have more than " + MOST_ROUNDS + " rounds");
        }
        for (Stage stage : stages) {
            if (stage.criticWarmUp() > 0 && stage != stages.get(0)) {
                throw new IllegalArgumentException("stages: stage '" + stage.name()
                        + "' has a criticWarmUp; only the first stage's critic is new and can be warmed up");
            }
            if (stage.policy().rehearsal() > 0 && data.rehearsal() == null) {
                throw new IllegalArgumentException("stages: stage '" + stage.name()
                        + "' rehearses (policy.rehearsal > 0) but data.rehearsal names no file");
            }
            if (stage.needsLabels() && data.labeled() == null) {
                throw new IllegalArgumentException(
                        "stages: stage '" + stage.name() + "' needs labeled questions but data.labeled names no file");
            }
            if (stage.questionsFrom() == QuestionSource.UNLABELED
                    && data.unlabeled() == null
                    && data.arriving() == null) {
                throw new IllegalArgumentException("stages: stage '" + stage.name()
                        + "' draws unlabeled questions but data.unlabeled names no file and awaits none that arrive");
            }
            ArrivalSettings arriving = data.arriving();
            if (arriving != null && stage.questionsFrom() == QuestionSource.UNLABELED) {
                arriving.refuseRoundsOf(stage.name(), stage.questions());
            }
        }
    }

    /** The chain that a domain is routed to; empty where the recipe names neither its own nor a default. */
    public List<String> judgesOf(String domain) {
        return judges.getOrDefault(domain, judges.getOrDefault(DEFAULT_DOMAIN, List.of()));
    }

    /** This recipe with other chains of judges. */
    public Recipe withJudges(Map<String, List<String>> chains) {
        return new Recipe(name, seed, model, training, data, evaluation, generation, chains, stages, promotion);
    }

    /** This recipe with other stages. */
    public Recipe withStages(List<Stage> others) {
        return new Recipe(name, seed, model, training, data, evaluation, generation, judges, others, promotion);
    }

    /** Whether judge-service leaves a domain to another program, which alone writes the verdicts then. */
    public boolean isJudgedExternally(String domain) {
        return judgesOf(domain).contains(EXTERNAL);
    }

    /** Whether a run of this recipe trains; without stages it measures the model, which is version 0, and ends. */
    public boolean trains() {
        return !stages.isEmpty();
    }

    /** Whether versions of a run of this recipe are promoted. */
    public boolean promotes() {
        return promotion != null && trains();
    }

    /** Whether what trials say may bring training back to an earlier version, so that it waits for them. */
    public boolean goesBack() {
        return promotion != null && trains() && promotion.goBackAfter() != null;
    }

    /** Whether questions of served chats are asked as shadow traffic too. */
    public boolean shadows() {
        return promotion != null && trains() && promotion.shadow() != null;
    }

    /** The files of data that the recipe names, by the fields that name them. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        if (data.labeled() != null) {
            files.put("data.labeled", data.labeled().file());
        }
        if (data.unlabeled() != null) {
            files.put("data.unlabeled", data.unlabeled().file());
        }
        if (data.rehearsal() != null) {
            files.put("data.rehearsal", data.rehearsal().file());
        }
        if (promotion != null) {
            files.put(PROMOTION_SET, promotion.set().file());
        }
        new TreeMap<>(evaluation.sets()).forEach((name, set) -> files.put("evaluation.sets." + name, set.file()));
        return files;
    }

    /** Whether a stage draws questions that arrive. */
    public boolean awaitsQuestions(Stage stage) {
        return data.arriving() != null && stage.questionsFrom() == QuestionSource.UNLABELED;
    }

    /** Whether the run goes on until somebody finishes it. */
    public boolean unbounded() {
        return trains() && stages.get(stages.size() - 1).unbounded();
    }

    /**
     * This recipe, whose last stage ends with version {@code last}; itself where that is where it ends, or where an earlier stage
     * does not end before that version.
     */
    public Recipe endingWith(int last) {
        if (!trains()) {
            return this;
        }
        Stage ending = stages.get(stages.size() - 1);
        int left = last - firstRoundOf(ending);
        if (left < 0 || left == ending.rounds() || (left == 0 && stages.size() == 1)) {
            return this;
        }
        List<Stage> bounded = new ArrayList<>(stages.subList(0, stages.size() - 1));
        if (left > 0) {
            bounded.add(ending.withRounds(left));
        }
        return withStages(bounded);
    }

    /** The rounds of all stages together, which is the number of the last version; of an unbounded run, more than it ever has. */
    public int rounds() {
        return stages.stream().mapToInt(Stage::rounds).sum();
    }

    /** Whether a run of this recipe comes to that version: 0 is the base model, the last one ends the last round. */
    public boolean hasVersion(int version) {
        return version >= 0 && version <= rounds();
    }

    /** The number of the last version in words: of an unbounded run that it has none. */
    public String lastVersionInWords() {
        return unbounded() ? "no end" : "v" + rounds();
    }

    /**
     * The stage that round {@code round} belongs to; version {@link #rounds()} belongs to no round and gives the last stage.
     *
     * @throws IllegalStateException if the recipe {@linkplain #trains() trains nothing}
     */
    public Stage stageOf(int round) {
        int first = 0;
        for (Stage stage : stages) {
            if (round < first + stage.rounds()) {
                return stage;
            }
            first += stage.rounds();
        }
        if (stages.isEmpty()) {
            throw new IllegalStateException("recipe " + name + " has no stages");
        }
        return stages.get(stages.size() - 1);
    }

    /** The name of the {@linkplain #stageOf stage} that a round belongs to; {@code evaluation} where nothing trains. */
    public String stageNameOf(int round) {
        return trains() ? stageOf(round).name() : NO_STAGE;
    }

    /** The version that the stage begins with. */
    public int firstRoundOf(Stage stage) {
        int first = 0;
        for (Stage candidate : stages) {
            if (candidate.name().equals(stage.name())) {
                return first;
            }
            first += candidate.rounds();
        }
        throw new IllegalArgumentException("no stage '" + stage.name() + "' in recipe " + name);
    }

    /** Whether policy version {@code version} is tried for promotion: every n-th of a stage after its first, and the last. */
    public boolean tries(int version) {
        if (promotion == null || !trains() || version == 0) {
            return false;
        }
        int sinceStage = version - firstRoundOf(stageOf(version));
        return version == rounds() || sinceStage % promotion.every() == 0;
    }

    /** Whether policy version {@code version} is measured: a stage's first, every n-th after it, and the last. */
    public boolean evaluates(int version) {
        if (evaluation.sets().isEmpty() || !trains()) {
            return !trains() && version == 0;
        }
        int sinceStage = version - firstRoundOf(stageOf(version));
        return version == rounds() || sinceStage % evaluation.every() == 0;
    }
}
