package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.judging.model.ModelJudge;
import dev.tempo.messaging.Wire;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.check.DeviceCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.check.MemoryCheck;
import dev.tempo.standalone.plan.Assumptions;
import dev.tempo.standalone.plan.Card;
import dev.tempo.standalone.plan.Devices;
import dev.tempo.standalone.plan.JudgeLoad;
import dev.tempo.standalone.plan.PlanText;
import dev.tempo.standalone.plan.RecipeTexts;
import dev.tempo.standalone.plan.RunPlan;
import dev.tempo.standalone.quickstart.MissingBase;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo plan}: what a recipe's run takes. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what a recipe's run takes: operations, bytes, memory, tokens and time, for each part of a round.",
            "It is arithmetic over the recipe, the model's config.json and what is assumed, all of which it prints. It starts"
                    + " nothing. Of the model only config.json need be there.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The plan is printed.",
            "1:A role does not fit its device (the plan is printed all the same), or the recipe or model cannot be read.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo plan                                      the quickstart on this machine",
            "  ./tempo plan recipes/paper/math-qwen3-8b-lora.yaml --gpus 8 --gpu H100",
            "  ./tempo plan my.yaml --gpus 64 --gpu H200 --response-tokens 6000 --spread-training"
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int USUAL_PROMPT = 256;
    private static final int MOST_GPUS = 1024;

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "The recipe to plan (default: recipes/quickstart.yaml of the project).")
    private @Nullable Path recipe;

    @Option(
            names = "--gpus",
            paramLabel = "N",
            description = "How many GPUs there are; 0 for the cores of this machine (default: ${DEFAULT-VALUE}).")
    private int gpus;

    @Option(
            names = "--gpu",
            paramLabel = "NAME",
            defaultValue = "H100",
            description = "Which GPU, by the numbers that its maker publishes; an unknown name lists the known ones"
                    + " (default: ${DEFAULT-VALUE}).")
    private String gpu = "H100";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed that the run will have (default: the recipe's).")
    private @Nullable Long seed;

    @Option(
            names = "--response-tokens",
            paramLabel = "N",
            description = "Tokens of a response, on average (default: half of the limit, or all of one up to 64).")
    private int responseTokens;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "Tokens of a question, on average (default: as the data files have, else 256).")
    private int promptTokens;

    @Option(
            names = "--evaluation-responses",
            paramLabel = "N",
            description = "Responses of one evaluation (default: as the sets' files have).")
    private long evaluationResponses;

    @Option(
            names = "--peak-share",
            paramLabel = "SHARE",
            description = "The share of the peak that measuring and training reach (default: .4 on a GPU).")
    private double peakShare;

    @Option(
            names = "--bandwidth-share",
            paramLabel = "SHARE",
            description = "The share of the memory's bandwidth that decoding reaches (default: .6 on a GPU).")
    private double bandwidthShare;

    @Option(
            names = "--core-gflops",
            paramLabel = "N",
            description = "With --gpus 0: the matrix peak of a core, in place of a measurement of a second.")
    private double coreGflops;

    @Option(
            names = "--spread-training",
            description =
                    "Suppose that critic and policy could be trained by several GPUs each, which they cannot yet: says"
                            + " what that would win.")
    private boolean spread;

    @Option(names = "--json", description = "Print one JSON object; operations, bytes, tokens and seconds.")
    private boolean json;

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (gpus < 0 || gpus > MOST_GPUS) {
            throw new UserException("--gpus must be 0 to " + MOST_GPUS + " but is " + gpus);
        }
        if (spread && gpus < 3) {
            throw new UserException("--spread-training needs 3 GPUs or more");
        }
        Card card = gpus == 0 ? core() : Card.named(gpu);
        Recipe read = RecipeFile.read(recipe == null ? Place.quickstart() : recipe, seed);
        MissingBase.of(read, Place.recipes()).ifPresent(missing -> {
            throw new UserException(missing.says());
        });
        ModelDirectory model = new ModelDirectory(Path.of(read.model()));
        ModelConfig config = model.config();
        DeviceCheck device = DeviceCheck.on(config, read, card.memory());
        List<String> notes = new ArrayList<>();
        int together = gpus == 0
                ? MemoryCheck.together(read, config, GenerationLimits.standard().cacheBytes(), WeightType.FLOAT32)
                : Math.max(1, device.sequencesTogether());
        Assumptions assumed = assumed(read, model, config, card, together, notes);
        MemoryPlan memory = device.plan(together);
        List<Finding> findings = gpus == 0 ? MemoryCheck.of(read) : device.findings();
        boolean fits = spread || findings.stream().allMatch(finding -> finding.level() != Finding.Level.PROBLEM);
        RunPlan plan = spread
                ? spread(read, config, memory, assumed)
                : RunPlan.of(
                        read,
                        config,
                        memory,
                        assumed,
                        gpus == 0 ? Devices.cores(Runtime.getRuntime().availableProcessors()) : Devices.of(gpus));
        List<JudgeLoad> judges = judges(read, plan);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Wire.write(fields(read, plan, notes, findings, judges)), StandardCharsets.UTF_8));
        } else {
            print(out, read, plan, notes, findings, judges);
        }
        return fits ? 0 : 1;
    }

    private Card core() {
        return coreGflops > 0 ? Card.statedCore(coreGflops * 1e9) : Card.core();
    }

    private Assumptions assumed(
            Recipe read, ModelDirectory model, ModelConfig config, Card card, int together, List<String> notes) {
        OptionalInt counted = promptTokens > 0 ? OptionalInt.empty() : RecipeTexts.promptTokens(read, model);
        int prompt = promptTokens > 0 ? promptTokens : counted.orElse(USUAL_PROMPT);
        notes.add("a question has " + prompt + " tokens ("
                + (promptTokens > 0
                        ? "--prompt-tokens"
                        : counted.isPresent()
                                ? "the average of the data files"
                                : "its files or tokenizer are not there; --prompt-tokens says otherwise")
                + ")");
        int limit = read.generation().maxNewTokens();
        int response = responseTokens > 0 ? responseTokens : RecipeTexts.responseTokens(limit);
        if (response > limit) {
            throw new UserException("--response-tokens is " + response + " but maxNewTokens of the recipe is " + limit);
        }
        notes.add("a response has " + response + " tokens on average (limit " + limit + "; --response-tokens)");
        List<String> missing = RecipeTexts.missingSets(read);
        long evaluated = evaluationResponses > 0 ? evaluationResponses : RecipeTexts.evaluationResponses(read);
        notes.add("an evaluation has " + evaluated + " responses"
                + (evaluationResponses > 0 || missing.isEmpty()
                        ? ""
                        : " without " + String.join(", ", missing)
                                + ", whose files are not there; --evaluation-responses says how many"));
        try {
            return Assumptions.of(card, config, prompt, response, together, evaluated)
                    .withShares(peakShare, bandwidthShare);
        } catch (IllegalArgumentException refused) {
            throw new UserException(String.valueOf(refused.getMessage()));
        }
    }

    /** @throws UserException if the memory of all GPUs is too small for critic and policy with one left to generate */
    private RunPlan spread(Recipe read, ModelConfig config, MemoryPlan memory, Assumptions assumed) {
        int critics = needed(memory, MemoryPlan.Role.CRITIC, assumed.card());
        int policies = needed(memory, MemoryPlan.Role.POLICY, assumed.card());
        if (critics + policies >= gpus) {
            throw new UserException("critic and policy need the memory of " + critics + " and " + policies + " "
                    + assumed.card().name() + " and generation one more, but there are " + gpus);
        }
        return RunPlan.spread(read, config, memory, assumed, gpus, critics, policies);
    }

    private static int needed(MemoryPlan memory, MemoryPlan.Role role, Card card) {
        return (int) Math.ceil(memory.total(role) / (card.memory() - DeviceCheck.CONTEXT));
    }

    private List<JudgeLoad> judges(Recipe read, RunPlan plan) {
        try (AvailableJudges available = judgeOptions.find()) {
            return read.judges().values().stream()
                    .flatMap(List::stream)
                    .distinct()
                    .sorted()
                    .filter(name -> !name.equals(Recipe.EXTERNAL))
                    .filter(name -> available
                            .judges()
                            .named(name)
                            .map(ModelJudge.class::isInstance)
                            .orElse(true))
                    .map(name -> JudgeLoad.of(name, plan))
                    .toList();
        }
    }

    private void print(
            PrintWriter out,
            Recipe read,
            RunPlan plan,
            List<String> notes,
            List<Finding> findings,
            List<JudgeLoad> judges) {
        Devices devices = plan.devices();
        out.println("plan of " + read.name() + " on "
                + (gpus == 0
                        ? "this machine's cores"
                        : gpus + " x " + plan.assumed().card().name()));
        out.println();
        PlanText text = new PlanText(out);
        text.assumptions(plan, notes);
        out.println("devices");
        out.println("  " + devices.words(gpus == 0 ? "core" : "GPU")
                + (spread ? ", if training could be spread, which it cannot yet" : ""));
        out.println();
        out.println(gpus == 0 ? "memory of the three processes" : "memory, a GPU for each role");
        findings.forEach(finding -> out.println(
                "  " + (finding.level() == Finding.Level.PROBLEM && !spread ? "PROBLEM: " : "") + finding.text()));
        out.println();
        text.plan(plan, judges);
    }

    private Map<String, Object> fields(
            Recipe read, RunPlan plan, List<String> notes, List<Finding> findings, List<JudgeLoad> judges) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recipe", read.name());
        fields.put("gpus", gpus);
        fields.put("assumed", plan.assumed());
        fields.put("notes", notes);
        fields.put("devices", plan.devices());
        fields.put("spread", spread);
        fields.put(
                "memory",
                findings.stream()
                        .map(finding ->
                                Map.of("fits", finding.level() != Finding.Level.PROBLEM, "text", finding.text()))
                        .toList());
        fields.put("stages", plan.stages());
        fields.put("evaluations", plan.evaluations());
        fields.put("evaluation", plan.evaluation());
        fields.put("judges", judges);
        fields.put("operations", plan.operations());
        fields.put("tokens", plan.tokens());
        fields.put("seconds", plan.seconds());
        return fields;
    }
}
