package dev.tempo.recipes;

import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NameShape;
import dev.tempo.recipes.shape.NamedShape;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.ReadContext;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordOrShape;
import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shape of a whole recipe. */
final class RecipeShape extends SectionShape<Recipe> {
    static final RecipeShape RECIPE = new RecipeShape();

    private final Field<Recipe, String> name = field("name", new NameShape(), Recipe::name)
            .means("What the experiment is called; the ids of its runs begin with it.");
    private final Field<Recipe, Long> seed = field("seed", WholeShape.seed(), Recipe::seed)
            .otherwise(0L)
            .means("What all random numbers come from; `--seed` takes its place. `{seed}` in a path stands for it.");
    private final Field<Recipe, String> model = field("model", new PathShape(), Recipe::model)
            .means("A Hugging Face directory: config.json, tokenizer.json, model.safetensors or its shards.");
    private final Field<Recipe, Optional<Training>> training = field(
                    "training",
                    new WordOrShape<>(Map.of("full", Optional.empty()), new TrainingShape(), value -> null),
                    RecipeShape::training)
            .optional("`full`")
            .means("Which weights are trained and how much is computed at once; `full` trains all of them.");
    private final Field<Recipe, Data> data =
            field("data", new DataShape(), Recipe::data).means("The questions to learn from.");
    private final Field<Recipe, Evaluation> evaluation = field("evaluation", new EvaluationShape(), Recipe::evaluation)
            .means("When and on what policy versions are measured.");
    private final Field<Recipe, Generation> generation = field("generation", new GenerationShape(), Recipe::generation)
            .means("How the model is asked and responses are sampled.");
    private final Field<Recipe, Map<String, List<String>>> judges = field(
                    "judges",
                    new NamedShape<>(new ListShape<>(TextShape.WORD, 0, null), "domain", Pattern.compile(".*")),
                    Recipe::judges)
            .means("Judges by domain, each asked if those before it could not decide; `default` serves every other"
                    + " domain. docs/judges.md says which there are.");
    private final Field<Recipe, List<Stage>> stages = field(
                    "stages", new ListShape<>(new StageShape(), 1, null), Recipe::stages)
            .means("What is done, in order. Policy versions count on from stage to stage.");

    private final Field<Recipe, PromotionSettings> promotion = field(
                    "promotion", new PromotionShape(), Recipe::promotion)
            .optional("none is promoted")
            .means("When a version takes the place of the promoted one, which is the one to serve.");

    private RecipeShape() {
        super("An experiment. Paths are relative to the file that names them.");
    }

    /**
     * The recipe at a file's root.
     *
     * @param override seed in place of the recipe's own; null to keep that
     */
    Recipe read(YamlMapping root, @Nullable Long override) {
        RecipeValue source = RecipeValue.root(root);
        ReadContext context = new ReadContext(0, sectionsOf());
        refuseUnknown(source, context);
        Long own = new Section(source, root, context).get(seed);
        return read(source, new ReadContext(override == null ? own : override, context.sectionsOf()));
    }

    @Override
    protected Recipe build(Section s) {
        return new Recipe(
                s.get(name),
                s.context().seed(),
                s.get(model),
                s.wordOrSection(training),
                s.get(data),
                s.get(evaluation),
                s.get(generation),
                s.get(judges),
                s.get(stages),
                s.find(promotion));
    }

    private static @Nullable Optional<Training> training(Recipe recipe) {
        return recipe.training() == null ? null : Optional.of(recipe.training());
    }

    /** The sections that have a field, by the name of the field; without sections whose names the recipe gives. */
    private static Map<String, List<String>> sectionsOf() {
        Map<String, List<String>> sections = new TreeMap<>();
        NamedSection.all()
                .forEach(section -> section.shape()
                        .names()
                        .forEach(field -> sections.computeIfAbsent(field, name -> new ArrayList<>())
                                .add(section.path().isEmpty() ? "the recipe itself" : section.path())));
        return new LinkedHashMap<>(sections);
    }
}
