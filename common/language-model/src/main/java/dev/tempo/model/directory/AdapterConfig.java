package dev.tempo.model.directory;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.ConfigFields;
import dev.tempo.model.config.JsonFile;
import dev.tempo.model.config.KeyRules;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The settings in an adapter_config.json of Hugging Face's PEFT. Every key of it is understood, known to change nothing, or
 * refused by name.
 *
 * @param base the directory of the model that is adapted
 * @param settings rank, scale and adapted projections
 */
record AdapterConfig(Path base, LowRank settings) {
    static final String FILE = "adapter_config.json";
    static final String BASE = "base_model_name_or_path";

    private static final String MODEL = "config.json";

    /** The advice for an adapter that PEFT can use and this module cannot. */
    static final String ADVICE =
            ". Merge the adapter into its base with PEFT (merge_and_unload) and name the model that this"
                    + " gives in its place";

    private static final Set<String> HEADS = Set.of("value_head");

    /** Ways to initialise A and B that leave the base's weights as they are. */
    private static final List<String> HARMLESS_STARTS = List.of("gaussian", "eva", "orthogonal");

    private static final Set<String> TASKS = Set.of("CAUSAL_LM", "FEATURE_EXTRACTION");

    private static final KeyRules KEYS = KeyRules.of("""
            base_model_name_or_path peft_type task_type r lora_alpha target_modules exclude_modules modules_to_save
            bias layers_to_transform layers_pattern init_lora_weights
            auto_mapping peft_version revision inference_mode lora_dropout runtime_config
            eva_config megatron_core qalora_group_size ensure_weight_tying
            lora_dtype lorap_lr_ratio lorap_emb_lr
            """, """
            use_rslora use_dora fan_in_fan_out lora_bias rank_pattern alpha_pattern layer_replication
            trainable_token_indices target_parameters alora_invocation_tokens use_qalora
            loftq_config corda_config lora_ga_config megatron_config velora_config monteclora_config arrow_config
            kasa_config use_bdlora enable_lora merge_weights model_key_mapping
            """, Map.of());

    /** The directory of an adapter's base. */
    static Path base(Path directory) {
        Path file = directory.resolve(FILE);
        return base(new ConfigFields(file, "", JsonFile.read(file)), file);
    }

    /**
     * The settings in a directory's adapter_config.json.
     *
     * @throws ModelFormatException naming file and field, if the file describes no adapter or asks for a feature that is not
     *     supported
     */
    static AdapterConfig read(Path directory) {
        Path file = directory.resolve(FILE);
        ConfigFields fields = new ConfigFields(file, "", JsonFile.read(file));
        refuseUnsupported(file, fields);
        Path base = base(fields, file);
        if (Adapter.isIn(base) && !base.equals(directory.toAbsolutePath().normalize())) {
            throw fields.refusal(BASE, base + " is an adapter itself; merge that one into its base first");
        }
        ModelConfig config = new ModelDirectory(base).config();
        List<String> targets = new AdapterTargets(file, fields.object(), config).projections();
        try {
            return new AdapterConfig(base, new LowRank(fields.whole("r"), fields.number("lora_alpha"), targets));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static Path base(ConfigFields fields, Path file) {
        String name = fields.text(BASE);
        try {
            Path base = file.toAbsolutePath().resolveSibling(name).normalize();
            if (!name.isEmpty() && Files.isDirectory(base)) {
                if (Files.isRegularFile(base.resolve(MODEL)) || Adapter.isIn(base)) {
                    return base;
                }
                throw fields.refusal(BASE, base + " has no " + MODEL + "; put the base model's directory there");
            }
        } catch (InvalidPathException noPath) {
            throw noDirectory(fields, name);
        }
        throw noDirectory(fields, name);
    }

    private static ModelFormatException noDirectory(ConfigFields fields, String name) {
        return fields.refusal(
                BASE, "'" + name + "' is no directory of this machine; put the base model's directory there");
    }

    private static void refuseUnsupported(Path file, ConfigFields fields) {
        expect(fields, "peft_type", "LORA", fields.text("peft_type").equals("LORA"));
        expect(fields, "task_type", "CAUSAL_LM", TASKS.contains(fields.text("task_type", "CAUSAL_LM")));
        expect(fields, "bias", "none", fields.text("bias", "none").equals("none"));
        if (fields.present("modules_to_save") && !fields.node("modules_to_save").isArray()) {
            throw fields.wrong("modules_to_save", "must be a list");
        }
        for (JsonNode module : fields.node("modules_to_save")) {
            expect(fields, "modules_to_save", "none but a critic's value_head", HEADS.contains(module.asString("")));
        }
        JsonNode start = fields.node("init_lora_weights");
        expect(
                fields,
                "init_lora_weights",
                "true, false, " + String.join(", ", HARMLESS_STARTS)
                        + ", since the others change the base's weights, too (PEFT's path_initial_model_for_weight_conversion"
                        + " saves an adapter without that)",
                start.isMissingNode()
                        || start.isNull()
                        || start.isBoolean()
                        || HARMLESS_STARTS.contains(start.asString("")));
        KEYS.check(file, "", fields.object(), ADVICE);
    }

    private static void expect(ConfigFields fields, String field, String supported, boolean met) {
        if (!met) {
            throw fields.refusal(
                    field,
                    ConfigFields.shortened(fields.node(field)) + " is not supported; supported: " + supported + ADVICE);
        }
    }
}
