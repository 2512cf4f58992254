package dev.tempo.model.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.inference.OpByOp;
import dev.tempo.model.scripts.Torch;
import java.util.ArrayList;
import java.util.List;

/** A policy step, PPO's clipped loss and AdamW, in NDArray operations over a copy of a model's weights. */
final class OpByOpStep implements AutoCloseable {
    private static final double EPSILON = 1e-8;

    private final NDManager manager;
    private final ModelConfig config;
    private final Optimizer settings;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> first = new ArrayList<>();
    private final List<NDArray> second = new ArrayList<>();
    private int steps;

    /** @param start in {@link ModelLayout}'s order */
    OpByOpStep(ModelConfig config, List<? extends NDArray> start, Optimizer settings) {
        this.manager = Torch.newManager();
        this.config = config;
        this.settings = settings;
        for (NDArray array : start) {
            NDArray copy = manager.create(array.toFloatArray(), array.getShape());
            copy.setRequiresGradient(true);
            weights.add(copy);
            first.add(manager.zeros(array.getShape()));
            second.add(manager.zeros(array.getShape()));
        }
    }

    List<NDArray> weights() {
        return weights;
    }

    /**
     * One step on rows of one length, of which all tokens but the first count.
     *
     * @param ids [B, T]
     * @param old log-probabilities [B * (T - 1)]
     * @return loss and entropy
     */
    double[] step(long[][] ids, float[] old, float[] advantages, double clip) {
        int b = ids.length;
        int t = ids[0].length;
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray all = rows(step, ids);
            NDArray lps = new OpByOp(config, weights)
                    .logits(all.get(new NDIndex(":, :{}", t - 1)), 0, null)
                    .logSoftmax(-1)
                    .reshape((long) b * (t - 1), config.vocabularySize());
            NDArray lp =
                    lps.gather(all.get(new NDIndex(":, 1:")).reshape(-1, 1), 1).flatten();
            NDArray ratio = lp.sub(step.create(old)).clip(-20, 20).exp();
            NDArray advantage = step.create(advantages).neg();
            NDArray loss = advantage
                    .mul(ratio)
                    .maximum(advantage.mul(ratio.clip(1 - clip, 1 + clip)))
                    .mean();
            collector.backward(loss);
            descend(step);
            NDArray entropy = lps.exp().mul(lps).sum(new int[] {1}).mean().neg();
            return new double[] {loss.getFloat(), entropy.getFloat()};
        }
    }

    private static NDArray rows(NDManager step, long[][] ids) {
        long[] flat = new long[ids.length * ids[0].length];
        for (int row = 0; row < ids.length; row++) {
            System.arraycopy(ids[row], 0, flat, row * ids[0].length, ids[0].length);
        }
        return step.create(flat, new Shape(ids.length, ids[0].length));
    }

    private void descend(NDManager step) {
        steps++;
        NDList gradients = new NDList();
        NDArray squares = step.create(0f);
        for (NDArray weight : weights) {
            NDArray gradient = weight.getGradient();
            gradient.attach(step);
            gradients.add(gradient);
            squares.addi(gradient.square().sum());
        }
        double scale = Math.min(1, settings.gradientClip() / (Math.sqrt(squares.getFloat()) + 1e-6));
        double rate = settings.learningRate() / (1 - Math.pow(settings.beta1(), steps));
        double correction = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
        for (int i = 0; i < weights.size(); i++) {
            NDArray gradient = gradients.get(i).mul(scale);
            first.get(i).muli(settings.beta1()).addi(gradient.mul(1 - settings.beta1()));
            second.get(i).muli(settings.beta2()).addi(gradient.square().mul(1 - settings.beta2()));
            NDArray size = own(step, second.get(i).sqrt()).divi(correction).addi(EPSILON);
            NDArray change = own(step, first.get(i).div(size)).muli(rate);
            try (NDArray still = weights.get(i).stopGradient()) {
                still.muli(1 - settings.learningRate() * settings.weightDecay()).subi(change);
            }
            // Torch would add the next one to it.
            gradients.get(i).muli(0);
        }
    }

    private static NDArray own(NDManager step, NDArray array) {
        array.attach(step);
        return array;
    }

    @Override
    public void close() {
        manager.close();
    }
}
