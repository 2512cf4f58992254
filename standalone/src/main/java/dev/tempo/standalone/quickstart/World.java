package dev.tempo.standalone.quickstart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One world of the experiment: which blocks belong to the labeled questions, which to the unlabeled ones, and every data
 * set. A pure function of its seed.
 *
 * <p>Of the 90 blocks, 9 are L-blocks (labeled training), 10 U-blocks (unlabeled and holdout) and 6 C-blocks
 * (calibration); the others are never used.
 */
final class World {
    private static final int LABELED_BLOCKS = 9;
    private static final int UNLABELED_BLOCKS = 10;
    private static final int CALIBRATION_BLOCKS = 6;
    private static final double UNLABELED_SHARE = .4;
    private static final double CALIBRATION_SHARE = .6;

    static final int TRAINING_QUESTIONS = 300;
    static final int CALIBRATION_QUESTIONS = 600;
    static final int UNLABELED_QUESTIONS = 128;
    static final int HOLDOUT_QUESTIONS = 128;

    private final long seed;
    private final List<Block> labeledBlocks;
    private final List<Block> unlabeledBlocks;
    private final List<Block> calibrationBlocks;
    private final List<ChainQuestion> unlabeled;
    private final List<ChainQuestion> holdout;

    World(long seed) {
        this.seed = seed;
        List<Block> all = new ArrayList<>();
        for (int a = 2; a < Block.MODULUS; a++) {
            for (int b = 1; b < Block.MODULUS; b++) {
                all.add(new Block(a, b));
            }
        }
        List<Block> shuffled = new Draws(seed, "world", "blocks").shuffled(all);
        int unlabeledFrom = LABELED_BLOCKS;
        int calibrationFrom = unlabeledFrom + UNLABELED_BLOCKS;
        labeledBlocks = shuffled.subList(0, unlabeledFrom);
        unlabeledBlocks = shuffled.subList(unlabeledFrom, calibrationFrom);
        calibrationBlocks = shuffled.subList(calibrationFrom, calibrationFrom + CALIBRATION_BLOCKS);
        unlabeled = distinct(
                "unlabeled", UNLABELED_QUESTIONS, Set.of(), draws -> mixed(draws, 2, unlabeledBlocks, UNLABELED_SHARE));
        holdout = distinct(
                "holdout",
                HOLDOUT_QUESTIONS,
                new HashSet<>(unlabeled),
                draws -> mixed(draws, 2, unlabeledBlocks, UNLABELED_SHARE));
    }

    long seed() {
        return seed;
    }

    /** The blocks that occur in any question, by kind: the teacher has facts about these. */
    List<List<Block>> usedBlocks() {
        return List.of(labeledBlocks, unlabeledBlocks, calibrationBlocks);
    }

    /** D_L, the part that stage 1 trains on: one or two L-blocks. */
    List<ChainQuestion> labeledTraining() {
        return distinct("labeled-train", TRAINING_QUESTIONS, Set.of(), draws -> {
            int depth = 1 + draws.below(2);
            return mixed(draws, depth, List.of(), 0);
        });
    }

    /** D_L, the part that the policy never trains on: at least one C-block. */
    List<ChainQuestion> labeledCalibration() {
        return distinct(
                "labeled-calibration",
                CALIBRATION_QUESTIONS,
                Set.of(),
                draws -> mixed(draws, 1 + draws.below(2), calibrationBlocks, CALIBRATION_SHARE));
    }

    /** D_u: two blocks, at least one U-block. */
    List<ChainQuestion> unlabeled() {
        return unlabeled;
    }

    /** Other questions of D_u's distribution. */
    List<ChainQuestion> holdout() {
        return holdout;
    }

    /** Still others of D_u's distribution, neither in D_u nor in the holdout. */
    List<ChainQuestion> likeUnlabeled(int questions) {
        Set<ChainQuestion> taken = new HashSet<>(unlabeled);
        taken.addAll(holdout);
        return distinct("like-unlabeled", questions, taken, draws -> mixed(draws, 2, unlabeledBlocks, UNLABELED_SHARE));
    }

    /** The base model's corpus: one or two blocks of any used kind, never a question of D_u or the holdout. */
    List<ChainQuestion> corpus(int questions) {
        Set<ChainQuestion> unseen = new HashSet<>(unlabeled);
        unseen.addAll(holdout);
        List<Block> used = usedBlocks().stream().flatMap(List::stream).toList();
        Draws draws = new Draws(seed, "world", "corpus");
        List<ChainQuestion> corpus = new ArrayList<>(questions);
        while (corpus.size() < questions) {
            int depth = 1 + draws.below(2);
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                blocks.add(draws.oneOf(used));
            }
            ChainQuestion question = ChainQuestion.of(blocks, draws.below(Block.MODULUS));
            if (!unseen.contains(question)) {
                corpus.add(question);
            }
        }
        return corpus;
    }

    /** Blocks that are special with the given probability, at least one of them, else L-blocks. */
    private ChainQuestion mixed(Draws draws, int depth, List<Block> special, double share) {
        List<Block> blocks = new ArrayList<>();
        boolean any;
        do {
            blocks.clear();
            any = special.isEmpty();
            for (int i = 0; i < depth; i++) {
                boolean isSpecial = !special.isEmpty() && draws.uniform() < share;
                any |= isSpecial;
                blocks.add(draws.oneOf(isSpecial ? special : labeledBlocks));
            }
        } while (!any);
        return ChainQuestion.of(blocks, draws.below(Block.MODULUS));
    }

    private List<ChainQuestion> distinct(
            String name,
            int questions,
            Set<ChainQuestion> excluded,
            java.util.function.Function<Draws, ChainQuestion> draw) {
        Draws draws = new Draws(seed, "world", name);
        Set<ChainQuestion> drawn = new LinkedHashSet<>();
        while (drawn.size() < questions) {
            ChainQuestion question = draw.apply(draws);
            if (!excluded.contains(question)) {
                drawn.add(question);
            }
        }
        return List.copyOf(drawn);
    }
}
