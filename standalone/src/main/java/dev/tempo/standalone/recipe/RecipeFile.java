package dev.tempo.standalone.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recalibration;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.contract.recipe.ValuesFrom;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recipe. Paths are relative to the file that names them and come out absolute; {@code {seed}} in a path stands for
 * the seed. The defaults of every optional field are here and nowhere else.
 */
public final class RecipeFile {
    private final Section root;
    private final long seed;

    private RecipeFile(Section root, long seed) {
        this.root = root;
        this.seed = seed;
    }

    /**
     * Reads and checks a recipe.
     *
     * @param seed overrides the recipe's own seed; null keeps it
     * @throws RecipeException naming file, line and field
     */
    public static Recipe read(Path file, @Nullable Long seed) {
        Path absolute = file.toAbsolutePath().normalize();
        YamlTree tree = YamlTree.read(absolute);
        Section root = new Section(tree, tree.root(), "");
        long own = root.longInteger("seed", 0);
        return new RecipeFile(root, seed == null ? own : seed).recipe();
    }

    private Recipe recipe() {
        String name = root.text("name");
        String model = path(root, "model");
        Training training = training(root);
        Data data = data(root.section("data"));
        Evaluation evaluation = evaluation(root.section("evaluation"));
        Generation generation = generation(root.section("generation"));
        Map<String, List<String>> judges = root.wordLists("judges");
        List<Stage> stages = root.list("stages").stream().map(RecipeFile::stage).toList();
        return root.build(() -> new Recipe(name, seed, model, training, data, evaluation, generation, judges, stages));
    }

    private static @Nullable Training training(Section root) {
        if (!root.has("training") || root.isScalar("training", "full")) {
            return null;
        }
        if (root.isScalar("training")) {
            throw root.error(
                    "training", "is '" + root.text("training") + "' but must be 'full' or a section of fields");
        }
        Section s = root.section("training");
        LowRank lora = s.has("lora") ? lowRank(s.section("lora")) : null;
        Arithmetic arithmetic = word(s, "arithmetic", Arithmetic.class, Arithmetic.FLOAT32);
        return s.build(() -> new Training(lora, s.integer("microBatchTokens", 0), arithmetic));
    }

    private static LowRank lowRank(Section s) {
        int rank = s.integer("rank");
        return s.build(() -> new LowRank(
                rank, s.number("alpha", 2.0 * rank), s.has("targets") ? s.words("targets") : LowRank.PROJECTIONS));
    }

    private Data data(Section data) {
        LabeledFile labeled = data.has("labeled") ? labeled(data.section("labeled")) : null;
        UnlabeledFile unlabeled = data.has("unlabeled") ? unlabeled(data.section("unlabeled")) : null;
        RehearsalFile rehearsal = data.has("rehearsal") ? rehearsal(data.section("rehearsal")) : null;
        return data.build(() -> new Data(labeled, unlabeled, rehearsal));
    }

    private LabeledFile labeled(Section s) {
        return s.build(() -> new LabeledFile(
                path(s, "file"),
                s.textOrNull("id"),
                s.text("question", "question"),
                s.text("answer", "answer"),
                s.textOrNull("split"),
                s.textOrNull("domain")));
    }

    private UnlabeledFile unlabeled(Section s) {
        return s.build(() -> new UnlabeledFile(
                path(s, "file"), s.textOrNull("id"), s.text("question", "question"), s.textOrNull("domain")));
    }

    private RehearsalFile rehearsal(Section s) {
        return s.build(() -> new RehearsalFile(
                path(s, "file"),
                s.text("question", "question"),
                s.text("response", "response"),
                s.text("environment", "environment")));
    }

    private Evaluation evaluation(Section s) {
        Map<String, EvaluationSet> sets = new LinkedHashMap<>();
        if (s.has("sets")) {
            s.sections("sets").forEach((name, set) -> sets.put(name, evaluationSet(set)));
        }
        int samples = s.integer("samples", 16);
        List<Integer> passAt = s.has("passAt")
                ? s.words("passAt").stream().map(k -> whole(s, "passAt", k)).toList()
                : List.of(samples);
        return s.build(
                () -> new Evaluation(s.integer("every", 10), samples, passAt, sets, s.textOrNull("criticQualityOn")));
    }

    private EvaluationSet evaluationSet(Section s) {
        return s.build(() -> new EvaluationSet(
                path(s, "file"),
                s.textOrNull("id"),
                s.text("question", "question"),
                s.text("answer", "answer"),
                s.textOrNull("domain"),
                s.flag("isTestTimeSet", false),
                s.has("samples") ? s.integer("samples") : null));
    }

    private static Generation generation(Section s) {
        Chat chat = s.has("chat") ? chat(s) : null;
        return s.build(() -> new Generation(
                s.number("temperature", 1.0),
                s.integer("maxNewTokens"),
                s.textOrNull("environment"),
                s.textOrNull("prompt"),
                chat,
                s.has("stop") ? s.words("stop") : null,
                s.has("topK") ? s.integer("topK") : null,
                s.has("topP") ? s.number("topP") : null,
                s.has("minP") ? s.number("minP") : null));
    }

    /** {@code chat: true} for the template alone, or its settings. */
    private static @Nullable Chat chat(Section generation) {
        if (generation.isScalar("chat", "true")) {
            return new Chat(null, null);
        } else if (generation.isScalar("chat", "false")) {
            return null;
        }
        Section s = generation.section("chat");
        return s.build(() ->
                new Chat(s.textOrNull("system"), s.has("enableThinking") ? s.flag("enableThinking", true) : null));
    }

    private static Stage stage(Section s) {
        RewardSource reward = word(s, "reward", RewardSource.class);
        Recalibration recalibration = recalibration(s, reward);
        AdvantageSettings advantage = advantage(s, reward);
        PolicyTraining policy = policy(s.section("policy"));
        CriticTraining critic = critic(s.section("critic"));
        return s.build(() -> new Stage(
                s.text("name"),
                s.integer("rounds"),
                word(s, "questionsFrom", QuestionSource.class),
                s.integer("questions"),
                s.integer("samples"),
                reward,
                s.integer("criticWarmUp", 0),
                recalibration,
                advantage,
                policy,
                critic));
    }

    private static @Nullable Recalibration recalibration(Section stage, RewardSource reward) {
        if (!stage.has("recalibration") || stage.isScalar("recalibration", "none")) {
            return null;
        }
        if (stage.isScalar("recalibration", "never")) {
            if (reward != RewardSource.CRITIC) {
                throw stage.error("recalibration", "'never' freezes the critic of reward 'critic'; write 'none' here");
            }
            return new Recalibration(0, QuestionSource.LABELED, 1, 1, ValuesFrom.RECALIBRATED);
        }
        Section s = stage.section("recalibration");
        return s.build(() -> new Recalibration(
                s.integer("every", 1),
                word(s, "questionsFrom", QuestionSource.class, QuestionSource.LABELED),
                s.integer("questions"),
                s.integer("samples"),
                word(s, "valuesFrom", ValuesFrom.class, ValuesFrom.RECALIBRATED)));
    }

    private static AdvantageSettings advantage(Section stage, RewardSource reward) {
        boolean votes = reward == RewardSource.MAJORITY_VOTE || reward == RewardSource.CLUSTER_SHARE;
        Baseline otherwise = votes ? Baseline.GROUP : Baseline.BEFORE;
        if (!stage.has("advantage")) {
            return new AdvantageSettings(otherwise, !votes);
        }
        Section s = stage.section("advantage");
        return s.build(() ->
                new AdvantageSettings(word(s, "baseline", Baseline.class, otherwise), s.flag("whitening", !votes)));
    }

    private static PolicyTraining policy(Section s) {
        List<Double> clip = s.numbers("clip", 2);
        return s.build(() -> new PolicyTraining(
                s.number("learningRate"),
                s.number("beta1", 0.9),
                s.number("beta2", 0.95),
                s.number("weightDecay", 0),
                s.number("gradientClip", 1),
                s.integer("miniBatch"),
                s.integer("epochs", 1),
                word(s, "loss", PolicyLossKind.class, PolicyLossKind.SEQUENCE_CLIP),
                word(s, "aggregation", Aggregation.class, Aggregation.TOKEN_MEAN),
                clip.get(0),
                clip.get(1),
                s.number("rehearsal", 0),
                s.integer("rehearsalBatch", 32),
                s.flag("labeledRows", false),
                s.flag("groupFilter", false)));
    }

    private static CriticTraining critic(Section s) {
        return s.build(() -> new CriticTraining(
                s.number("learningRate"),
                s.number("beta1", 0.9),
                s.number("beta2", 0.95),
                s.number("weightDecay", 0),
                s.number("gradientClip", 1),
                s.integer("miniBatch"),
                s.integer("epochs", 1),
                word(s, "loss", ValueLossKind.class, ValueLossKind.SQUARED_ERROR),
                s.number("clip", 0.1),
                word(s, "label", CriticLabel.class, CriticLabel.ZERO_ONE)));
    }

    private String path(Section section, String field) {
        String written = section.text(field).replace("{seed}", Long.toString(seed));
        Path directory = Optional.ofNullable(section.fileOf(field).getParent()).orElse(Path.of("/"));
        return directory.resolve(written).normalize().toString();
    }

    private static int whole(Section section, String field, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notWhole) {
            throw section.error(field, "must hold whole numbers but has '" + value + "'");
        }
    }

    private static <E extends Enum<E>> E word(Section section, String field, Class<E> type, E otherwise) {
        return section.has(field) ? word(section, field, type) : otherwise;
    }

    private static <E extends Enum<E>> E word(Section section, String field, Class<E> type) {
        return section.word(field, type, RecipeFile::wireWord);
    }

    private static String wireWord(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
