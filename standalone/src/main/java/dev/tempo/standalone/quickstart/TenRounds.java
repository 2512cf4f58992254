package dev.tempo.standalone.quickstart;

import dev.tempo.algorithm.Advantages;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.algorithm.rounds.MiniBatches;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.judging.rule.BlockInversionJudge;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.rollout.environment.Calculator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/**
 * Ten small rounds of the method on the quickstart's model and questions, in one process and without a broker: responses, the
 * critic's fit, values, and the policy's steps. What they compute depends on how this process computes and on nothing else, so
 * that {@link RoundsDigest} of it compares machines.
 */
public final class TenRounds {
    private static final int ROUNDS = 10;
    private static final int QUESTIONS = 16;
    private static final int SAMPLES = 4;
    private static final int MINI_BATCH = 32;
    private static final int EPOCHS = 2;
    private static final long SEED = 0;
    private static final SamplingSettings SAMPLING = new SamplingSettings(1, 22);
    private static final PolicyLossSettings LOSS =
            new PolicyLossSettings(PolicyLossKind.TOKEN_CLIP, .03, .05, Aggregation.TOKEN_MEAN, 0);

    private final World world = new World(SEED);
    private final Tokenizer tokenizer;
    private final Calculator calculator;
    private final CriticTrainer critic;
    private final PolicyTrainer policy;
    private final RoundsDigest digest;

    private TenRounds(Tokenizer tokenizer, CriticTrainer critic, PolicyTrainer policy, RoundsDigest digest) {
        this.tokenizer = tokenizer;
        this.calculator = new Calculator(tokenizer::id);
        this.critic = critic;
        this.policy = policy;
        this.digest = digest;
    }

    /**
     * A program that prints the digest of the rounds.
     *
     * @param arguments the directory of the quickstart's base model of seed 0
     */
    public static void main(String[] arguments) throws IOException {
        try {
            of(Path.of(arguments[0]), ROUNDS).lines().forEach(System.out::println);
        } catch (UserException refused) {
            System.out.println(refused.getMessage());
        }
    }

    static RoundsDigest of(Path base, int rounds) throws IOException {
        RoundsDigest digest = new RoundsDigest();
        Path directory = Files.createTempDirectory("tempo-rounds");
        try (Tokenizer tokenizer = Tokenizer.read(base.resolve("tokenizer.json"));
                CriticTrainer critic = CriticTrainer.start(base, Optimizer.of(5e-4));
                PolicyTrainer policy = PolicyTrainer.start(base, Optimizer.of(1e-4))) {
            TenRounds all = new TenRounds(tokenizer, critic, policy, digest);
            Path version = base;
            for (int round = 0; round < rounds; round++) {
                all.round(round, version);
                version = directory.resolve("v" + (round + 1));
                policy.save(version);
            }
            digest.take(new ModelDirectory(version).sha256());
            Path valuing = directory.resolve("critic");
            critic.save(valuing);
            digest.take(new ModelDirectory(valuing).sha256());
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        return digest;
    }

    private void round(int round, Path version) {
        List<ChainQuestion> labeled = drawn(world.labeledTraining(), "labeled", round);
        List<ChainQuestion> unlabeled = drawn(world.unlabeled(), "unlabeled", round);
        List<GeneratedResponse> judged;
        List<GeneratedResponse> valued;
        digest.part("generation");
        try (Policy generating = Policy.load(version)) {
            judged = generated(generating, labeled, "labeled", round);
            valued = generated(generating, unlabeled, "unlabeled", round);
        }
        digest.part("critic");
        recalibrate(round, labeled, judged);
        List<Sequence> sequences = sequences(unlabeled, valued);
        digest.part("values");
        List<float[]> values = critic.values(sequences);
        values.forEach(digest::take);
        digest.part("policy");
        refine(round, sequences, values);
        digest.roundEnded();
    }

    private static List<ChainQuestion> drawn(List<ChainQuestion> questions, String purpose, int round) {
        return new Draws(SEED, "ten-rounds", purpose, round).shuffled(questions).subList(0, QUESTIONS);
    }

    private List<GeneratedResponse> generated(
            Policy generating, List<ChainQuestion> questions, String purpose, int round) {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int row = 0; row < QUESTIONS * SAMPLES; row++) {
            tasks.add(new GenerationTask(
                    tokenizer.encode(questions.get(row / SAMPLES).text()),
                    CounterRandom.key(SEED, "ten-rounds", purpose, round, row),
                    SAMPLING,
                    calculator));
        }
        List<GeneratedResponse> responses = generating.generate(tasks);
        for (GeneratedResponse response : responses) {
            digest.take(Arrays.toString(response.responseIds()));
            digest.take(response.logProbs());
            digest.take(response.drawnLogProbs());
        }
        return responses;
    }

    private List<Sequence> sequences(List<ChainQuestion> questions, List<GeneratedResponse> responses) {
        return IntStream.range(0, responses.size())
                .mapToObj(row -> new Sequence(
                        tokenizer.encode(questions.get(row / SAMPLES).text()),
                        responses.get(row).responseIds(),
                        responses.get(row).environmentMask()))
                .toList();
    }

    private void recalibrate(int round, List<ChainQuestion> questions, List<GeneratedResponse> responses) {
        List<Sequence> sequences = sequences(questions, responses);
        List<Float> outcomes = IntStream.range(0, responses.size())
                .mapToObj(row -> isRight(questions.get(row / SAMPLES), responses.get(row)) ? 1f : 0f)
                .toList();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (List<Integer> rows : shuffled("critic", round, epoch)) {
                digest.take(critic.step(
                        new CriticMiniBatch(
                                rows.stream().map(sequences::get).toList(),
                                rows.stream().map(outcomes::get).toList()),
                        CriticLossSettings.squaredError()));
            }
        }
    }

    private boolean isRight(ChainQuestion question, GeneratedResponse response) {
        int[] ids = response.responseIds();
        String text = tokenizer.decode(response.ended() ? Arrays.copyOf(ids, ids.length - 1) : ids);
        return String.valueOf(Block.digit(question.answer()))
                .equals(new BlockInversionJudge().answer(text, response.ended()));
    }

    private void refine(int round, List<Sequence> sequences, List<float[]> values) {
        double[][] advantages = new double[values.size()][];
        boolean[][] written = new boolean[values.size()][];
        for (int row = 0; row < advantages.length; row++) {
            double[] wide = doubles(values.get(row));
            advantages[row] = Advantages.of(Advantages.criticReward(wide), wide, Baseline.BEFORE);
            written[row] = inverted(sequences.get(row).environmentMask());
        }
        double[][] whitened = Advantages.whitened(advantages, written);
        List<float[]> old = policy.logProbs(sequences);
        old.forEach(digest::take);
        for (List<Integer> rows : shuffled("policy", round, 0)) {
            PolicyMiniBatch batch = new PolicyMiniBatch(
                    rows.stream().map(sequences::get).toList(),
                    rows.stream().map(old::get).toList(),
                    rows.stream().map(row -> floats(whitened[row])).toList(),
                    List.of());
            digest.take(policy.step(batch, LOSS));
        }
    }

    private static List<List<Integer>> shuffled(String purpose, int round, int epoch) {
        List<Integer> rows = IntStream.range(0, QUESTIONS * SAMPLES).boxed().toList();
        return MiniBatches.of(rows, MINI_BATCH, SEED, purpose, round, epoch);
    }

    private static double[] doubles(float[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }

    private static float[] floats(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return narrow;
    }

    private static boolean[] inverted(boolean[] flags) {
        boolean[] inverted = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            inverted[i] = !flags[i];
        }
        return inverted;
    }
}
