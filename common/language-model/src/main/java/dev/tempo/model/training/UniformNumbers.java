package dev.tempo.model.training;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Parameter;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;

/** A source of uniform random numbers in [-bound, bound) for a whole tensor; each is a function of key and position. */
record UniformNumbers(long key, double bound, long size) implements TensorSource {
    /**
     * The numbers that a matrix A of LoRA begins with, as in PEFT: Kaiming-uniform with slope sqrt(5), whose bound is 1 /
     * sqrt(inputs).
     */
    static UniformNumbers loraA(Parameter.Part part, long seed) {
        return new UniformNumbers(
                CounterRandom.key(seed, "lora", part.name()),
                1 / Math.sqrt(part.shape().get(1)),
                part.size());
    }

    @Override
    public void fill(PtNDArray tensor, long at) {
        float[] numbers = new float[Math.toIntExact(size)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (bound * (2 * CounterRandom.uniform(key, i) - 1));
        }
        try (PtNDManager manager = Torch.newHostManager();
                IValue into = IValue.from(tensor);
                IValue place = IValue.from(at);
                IValue from = IValue.from((PtNDArray) manager.create(numbers))) {
            Script.storage().run("put", into, place, from).close();
        }
    }
}
