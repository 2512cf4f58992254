package dev.tempo.model.export;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTokens;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.StepStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Example inputs of a model's scripts with the results that this module computes in float32. */
final class ScriptExamples {
    private static final int SEQUENCES = 8;
    private static final int PROMPT = 7;
    private static final int RESPONSE = 9;
    private static final int GENERATED = 8;
    /**
     * The number of parameters beyond which no training example is made, since weights and AdamW would take four times the
     * weights' memory.
     */
    private static final long LARGEST_TRAINED = 300_000_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path model;
    private final ModelConfig config;
    private final List<Sequence> sequences;

    ScriptExamples(Path model, ModelConfig config) {
        this.model = model;
        this.config = config;
        this.sequences = IntStream.range(0, SEQUENCES)
                .mapToObj(row -> Sequence.of(ids(row, PROMPT), ids(100 + row, RESPONSE)))
                .toList();
    }

    ObjectNode all() {
        ObjectNode examples = JSON.createObjectNode();
        try (Transformer transformer = Transformer.forGeneration(model, WeightType.FLOAT32);
                Policy policy = new Policy(transformer, GenerationLimits.standard())) {
            examples.set("forward", forward(transformer, policy));
            examples.set("generation", generation(policy));
        }
        if (config.parameters() <= LARGEST_TRAINED) {
            examples.set("training", training());
        }
        return examples;
    }

    private int[] ids(long key, int length) {
        OptionalInt pad = config.padTokenId();
        return IntStream.range(0, length)
                .map(t -> CounterRandom.below(key, t, config.vocabularySize()))
                .map(id -> pad.isPresent() && id == pad.getAsInt() ? (id + 1) % config.vocabularySize() : id)
                .toArray();
    }

    private ObjectNode forward(Transformer transformer, Policy policy) {
        ObjectNode example = JSON.createObjectNode();
        ArrayNode ids = example.putArray("ids");
        ArrayNode logProbs = example.putArray("log_probs");
        ArrayNode entropies = example.putArray("entropy");
        example.put("prompt", PROMPT);
        List<float[]> found = policy.logProbs(sequences);
        for (int row = 0; row < SEQUENCES; row++) {
            int[] all = all(sequences.get(row));
            add(ids.addArray(), all);
            add(logProbs.addArray(), found.get(row));
            float[][] logits = new Measurement(transformer).logits(all);
            ArrayNode of = entropies.addArray();
            for (int t = PROMPT - 1; t < all.length - 1; t++) {
                of.add(entropy(logits[t]));
            }
        }
        return example;
    }

    private static double entropy(float[] logits) {
        double largest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double weighted = 0;
        for (float logit : logits) {
            double e = Math.exp(logit - largest);
            sum += e;
            weighted += e * (logit - largest);
        }
        return Math.log(sum) - weighted / sum;
    }

    private ObjectNode generation(Policy policy) {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int row = 0; row < 2; row++) {
            tasks.add(new GenerationTask(ids(200 + row, PROMPT), row, new SamplingSettings(0, GENERATED), null));
        }
        ObjectNode example = JSON.createObjectNode();
        example.put("blocked", config.padTokenId().orElse(-1));
        ArrayNode prompts = example.putArray("prompts");
        ArrayNode responses = example.putArray("responses");
        ArrayNode logProbs = example.putArray("log_probs");
        List<GeneratedResponse> generations = policy.generate(tasks);
        for (int row = 0; row < tasks.size(); row++) {
            add(prompts.addArray(), tasks.get(row).promptIds());
            add(responses.addArray(), generations.get(row).responseIds());
            add(logProbs.addArray(), generations.get(row).logProbs());
        }
        return example;
    }

    /** Two steps of GSPO from a fresh optimizer, as the script's policy_step takes them. */
    private ObjectNode training() {
        PolicyLossSettings loss =
                new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, .2, .2, Aggregation.TOKEN_MEAN, 0);
        Optimizer optimizer = new Optimizer(1e-3, .9, .95, .01, 1);
        ObjectNode example = JSON.createObjectNode();
        try (PolicyTrainer trainer = PolicyTrainer.start(model, optimizer)) {
            List<float[]> old = trainer.logProbs(sequences);
            List<float[]> advantages = IntStream.range(0, SEQUENCES)
                    .mapToObj(row -> {
                        float[] advantage = new float[RESPONSE];
                        Arrays.fill(advantage, row % 2 == 0 ? 1 : -.5f);
                        return advantage;
                    })
                    .toList();
            PolicyMiniBatch batch = new PolicyMiniBatch(sequences, old, advantages, List.of());
            PolicyTokens tokens =
                    PolicyTokens.of(batch, PolicyTokens.Totals.of(batch, loss), loss, PROMPT + RESPONSE - 1);
            ArrayNode ids = example.putArray("ids");
            sequences.forEach(sequence -> add(ids.addArray(), Arrays.copyOf(all(sequence), PROMPT + RESPONSE - 1)));
            Arrays.stream(tokens.rows()).forEach(example.putArray("rows")::add);
            Arrays.stream(tokens.targets()).forEach(example.putArray("targets")::add);
            Arrays.stream(tokens.owners()).forEach(example.putArray("owner")::add);
            ArrayNode numbers = example.putArray("numbers");
            for (float[] row : tokens.numbers()) {
                add(numbers.addArray(), row);
            }
            ArrayNode settings = example.putArray("settings");
            List.of(1e-3, .9, .95, .01, 1., 1., loss.clipLow(), loss.clipHigh(), (double) SEQUENCES)
                    .forEach(settings::add);
            ArrayNode steps = example.putArray("steps");
            for (int step = 0; step < 2; step++) {
                StepStats stats = trainer.step(batch, loss);
                ArrayNode measured = steps.addArray();
                List.of(stats.loss(), stats.gradientNorm(), stats.clipFraction(), stats.approxKl(), stats.entropy())
                        .forEach(measured::add);
            }
        }
        return example;
    }

    private static int[] all(Sequence sequence) {
        int[] all = new int[sequence.length()];
        System.arraycopy(sequence.promptIds(), 0, all, 0, sequence.promptIds().length);
        System.arraycopy(sequence.responseIds(), 0, all, sequence.promptIds().length, sequence.responseIds().length);
        return all;
    }

    private static void add(ArrayNode array, int[] numbers) {
        for (int number : numbers) {
            array.add(number);
        }
    }

    private static void add(ArrayNode array, float[] numbers) {
        for (float number : numbers) {
            array.add(number);
        }
    }
}
