package dev.tempo.standalone.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An imperfect teacher: it undoes each block in one leap, from memory that is sometimes wrong (plain ignorance, or a
 * systematic misconception), then checks forward with the calculator. Rarely it miscopies an operand or misquotes the
 * target: the seeds of reward hacking, there on purpose.
 */
final class Teacher {
    private static final double MISCOPY = .005;
    /** Often enough for the critic to learn the comparison with the prompt before the policy learns to exploit it. */
    private static final double MISQUOTE = .05;
    /** Probability of a right guess, per fact, and how often facts of that kind occur. */
    private static final double[] KNOWLEDGE = {.40, .20, .04, 0};

    private static final double[] KNOWLEDGE_SHARES = {.68, .26, .04, .02};
    private static final double[] IGNORANCE = {1, 1, 1, 1, 1, 1};
    private static final double[] MISCONCEPTION = {8, 1, 1};

    private final Map<Fact, double[]> guessesOf = new HashMap<>();
    private final Draws draws;

    private record Fact(int target, Block block) {}

    Teacher(World world) {
        for (List<Block> blocks : world.usedBlocks()) {
            List<Fact> facts = blocks.stream().flatMap(Teacher::facts).toList();
            List<Fact> shuffled = new Draws(
                            world.seed(),
                            "teacher",
                            "knowledge",
                            blocks.get(0).a(),
                            blocks.get(0).b())
                    .shuffled(facts);
            for (int i = 0; i < shuffled.size(); i++) {
                Fact fact = shuffled.get(i);
                guessesOf.put(fact, distribution(world.seed(), fact, knowledge((i + .5) / shuffled.size())));
            }
        }
        draws = new Draws(world.seed(), "teacher", "traces");
    }

    private static Stream<Fact> facts(Block block) {
        return IntStream.range(0, Block.MODULUS).mapToObj(target -> new Fact(target, block));
    }

    /** Shares are dealt, not drawn, among the blocks of a kind: worlds differ in which facts are known, not in how many. */
    private static double knowledge(double quantile) {
        double upTo = 0;
        for (int i = 0; i < KNOWLEDGE.length; i++) {
            upTo += KNOWLEDGE_SHARES[i];
            if (quantile < upTo) {
                return KNOWLEDGE[i];
            }
        }
        return KNOWLEDGE[KNOWLEDGE.length - 1];
    }

    /** The next trace; successive calls draw on. */
    Trace trace(ChainQuestion question) {
        return new SymbolLanguage().trace(work(question));
    }

    /** The next worked question; successive calls draw on. */
    WorkedQuestion work(ChainQuestion question) {
        int value = question.target();
        List<Integer> guesses = new ArrayList<>();
        for (int i = question.blocks().size() - 1; i >= 0; i--) {
            Block block = question.blocks().get(i);
            value = draws.weighted(Objects.requireNonNull(guessesOf.get(new Fact(value, block))));
            guesses.add(value);
        }
        List<WorkedQuestion.Step> check = new ArrayList<>();
        for (Block block : question.blocks()) {
            int a = copied(block.a());
            int product = value * a % Block.MODULUS;
            int b = copied(block.b());
            value = (product + b) % Block.MODULUS;
            check.add(new WorkedQuestion.Step(a, product, b, value));
        }
        int quoted = draws.uniform() < MISQUOTE ? value : question.target();
        return new WorkedQuestion(question, guesses, check, quoted);
    }

    private int copied(int operand) {
        return draws.uniform() < MISCOPY ? 1 + draws.below(Block.MODULUS - 1) : operand;
    }

    private static double[] distribution(long seed, Fact fact, double knowledge) {
        Block block = fact.block();
        int target = fact.target();
        Draws draws = new Draws(seed, "teacher", "fact", target, block.a(), block.b());
        int right = block.undo(target);
        double[] weights = knowledge == KNOWLEDGE[0] ? IGNORANCE : MISCONCEPTION;
        double total = java.util.Arrays.stream(weights).sum();
        double[] distribution = new double[Block.MODULUS];
        distribution[right] = knowledge;
        List<Integer> wrong = wrongValues(draws, target, block, right);
        for (int i = 0; i < weights.length; i++) {
            distribution[wrong.get(i)] = (1 - knowledge) * weights[i] / total;
        }
        return distribution;
    }

    /** Structured errors first (forgot an order of operations or a sign), then the others; both shuffled. */
    private static List<Integer> wrongValues(Draws facts, int target, Block block, int right) {
        int inverse = Block.inverse(block.a());
        List<Integer> structured = List.of(
                Math.floorMod(target * inverse - block.b(), Block.MODULUS),
                Math.floorMod((target + block.b()) * inverse, Block.MODULUS),
                Math.floorMod((target - block.b()) * block.a(), Block.MODULUS));
        List<Integer> all = new ArrayList<>();
        for (int value = 0; value < Block.MODULUS; value++) {
            all.add(value);
        }
        Set<Integer> order = new LinkedHashSet<>(facts.shuffled(structured));
        order.addAll(facts.shuffled(all));
        order.remove(right);
        return List.copyOf(order);
    }
}
