package dev.tempo.model.export;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A model as one GGUF file, for llama.cpp and the programs that are built on it: weights, shape, tokenizer, chat template.
 * What llama.cpp cannot compute is refused.
 */
public final class GgufExport {
    private static final WeightType NORMS = WeightType.FLOAT32;

    private GgufExport() {}

    /**
     * Writes a policy. Numbers are rounded to a type, except those of norms, which stay in float32 as llama.cpp wants them.
     * An adapter is merged into its base, which holds the model in memory; nothing else does.
     *
     * @param name the name of the model that programs show
     * @return what llama.cpp does otherwise than this project, a sentence each
     * @throws ModelFormatException naming what llama.cpp cannot compute or read, or file and field or tensor
     */
    public static List<String> write(Path model, Path file, WeightType type, String name) {
        ModelConfig config = new ModelDirectory(model).config();
        GgufFamily family = GgufFamily.of(config);
        Head head = Adapter.isIn(model)
                ? Adapter.open(model).head()
                : WeightFiles.open(model).head();
        if (head == Head.VALUE) {
            throw GgufFamily.refusal("value head: " + model + " is a critic. Policies can be exported");
        }
        List<String> notes = new ArrayList<>();
        GgufHeader header = new GgufHeader();
        header.text("general.architecture", family.inFiles());
        header.text("general.type", "model");
        header.text("general.name", name);
        header.number("general.file_type", fileType(type));
        header.number("general.quantization_version", 2);
        family.describe(config, header);
        new GgufTokenizer(Adapter.baseOf(model), config, notes).describe(header);
        if (Adapter.isIn(model)) {
            try (Transformer merged = Transformer.load(model, head)) {
                List<TensorWriter.Tensor> rounded = merged.weights().named("", type);
                List<TensorWriter.Tensor> exact = merged.weights().named("", NORMS);
                GgufWriter.write(file, header, tensors(config, family, part -> {
                    int at = indexOf(rounded, part.name());
                    return part.shape().size() == 1 ? exact.get(at) : rounded.get(at);
                }));
            }
            return notes;
        }
        WeightFiles checkpoint = WeightFiles.open(model);
        checkpoint.refuseStrangers(config);
        Torch.enter();
        GgufWriter.write(file, header, tensors(config, family, part -> {
            StoredTensor stored = checkpoint.find(part);
            WeightType written = part.shape().size() == 1 ? NORMS : type;
            return new TensorWriter.Tensor(
                    part.name(), written, part.shape(), channel -> stored.writeTo(channel, written));
        }));
        return notes;
    }

    private static List<TensorWriter.Tensor> tensors(
            ModelConfig config, GgufFamily family, Function<Parameter.Part, TensorWriter.Tensor> source) {
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            tensors.add(named(family.tensor(part), source.apply(part)));
            if (part.name().equals(ModelLayout.EMBEDDING) && config.tiedEmbeddings() && family.repeatsTiedEmbedding()) {
                Parameter.Part output = new Parameter.Part(ModelLayout.OUTPUT, part.shape());
                tensors.add(named(family.tensor(output), source.apply(part)));
            }
        }
        return tensors;
    }

    private static TensorWriter.Tensor named(String name, TensorWriter.Tensor tensor) {
        return new TensorWriter.Tensor(name, tensor.type(), tensor.shape(), tensor.content());
    }

    private static int indexOf(List<TensorWriter.Tensor> tensors, String name) {
        for (int at = 0; at < tensors.size(); at++) {
            if (tensors.get(at).name().equals(name)) {
                return at;
            }
        }
        throw new IllegalStateException("the merged model has no tensor " + name);
    }

    /** The number by which GGUF files name the type of most of their numbers (llama_ftype). */
    private static int fileType(WeightType type) {
        return switch (type) {
            case FLOAT32 -> 0;
            case FLOAT16 -> 1;
            case BFLOAT16 -> 32;
        };
    }
}
