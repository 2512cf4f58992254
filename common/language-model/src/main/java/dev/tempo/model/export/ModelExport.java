package dev.tempo.model.export;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.ModelFiles;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a model's directory for other programs: weights in another type, an adapter merged into its base, files that
 * other programs need.
 */
public final class ModelExport {
    private ModelExport() {}

    /**
     * Writes the same policy or critic with weights rounded to a type: one model.safetensors with Hugging Face's names,
     * written last, beside config and tokenizer, whose bytes are kept except for the type. A type as wide as the stored one
     * loses nothing. An adapter is merged into its base.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static void write(Path model, Path target, WeightType type) {
        if (Adapter.isIn(model)) {
            Adapter adapter = Adapter.open(model);
            try (Transformer merged = Transformer.load(model, adapter.head())) {
                ModelFiles.read(adapter.base())
                        .save(target, type, merged.weights().named("", type));
            }
            return;
        }
        ModelConfig config = new ModelDirectory(model).config();
        WeightFiles checkpoint = WeightFiles.open(model);
        checkpoint.refuseStrangers(config);
        Torch.enter();
        List<TensorWriter.Tensor> tensors = ModelLayout.parts(config, checkpoint.head()).stream()
                .map(part -> {
                    StoredTensor stored = checkpoint.find(part);
                    return new TensorWriter.Tensor(
                            part.name(), type, part.shape(), channel -> stored.writeTo(channel, type));
                })
                .toList();
        ModelFiles.read(model).save(target, type, tensors);
    }

    /**
     * Writes the same adapter with its numbers rounded to a type, beside the tokenizer of its base. The written adapter
     * names the same base.
     *
     * @throws ModelFormatException naming file and field or tensor, or if the directory holds no adapter
     */
    public static void writeAdapter(Path model, Path target, WeightType type) {
        Torch.enter();
        Adapter.open(model).copy(target, new ModelDirectory(model).config(), type);
    }

    /**
     * Adds generation_config.json and tokenizer_config.json where they are missing, so that transformers can load the
     * directory.
     *
     * @param sampling how transformers generates unless its caller says otherwise
     */
    public static void addLoadingFiles(Path model, SamplingSettings sampling) {
        new TransformersFiles(model, new ModelDirectory(model).config()).addMissing(sampling);
    }
}
