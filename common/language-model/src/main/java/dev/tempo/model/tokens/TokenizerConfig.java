package dev.tempo.model.tokens;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.ConfigFields;
import dev.tempo.model.config.JsonFile;
import dev.tempo.model.config.KeyRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The file tokenizer_config.json, of which the chat template and the names of special tokens are used. tokenizer.json alone
 * says how texts become ids; whatever would change that is refused.
 */
public final class TokenizerConfig {
    public static final String FILE = "tokenizer_config.json";

    private static final List<String> SPECIAL =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");
    private static final List<String> MORE_SPECIAL = List.of("additional_special_tokens", "extra_special_tokens");
    private static final String ADDED = "added_tokens_decoder";

    private static final KeyRules KEYS = KeyRules.of("""
            chat_template bos_token eos_token unk_token sep_token pad_token cls_token mask_token
            additional_special_tokens extra_special_tokens model_specific_special_tokens added_tokens_decoder
            tokenizer_class auto_map tokenizer_type backend processor_class feature_extractor_type
            name_or_path tokenizer_file special_tokens_map_file vocab_file merges_file transformers_version
            is_local local_files_only use_fast from_slow legacy trust_remote_code
            model_max_length max_length max_len padding padding_side padding_strategy pad_to_multiple_of pad_token_type_id
            truncation truncation_side truncation_strategy stride
            model_input_names return_token_type_ids
            clean_up_tokenization_spaces clean_up_tokenization_spaces_for_bpe_even_though_it_will_corrupt_output
            spaces_between_special_tokens errors
            use_default_system_prompt response_schema verbose init_inputs unsloth_version
            """, """
            add_bos_token add_eos_token add_prefix_space split_special_tokens fix_mistral_regex do_lower_case
            sp_model_kwargs
            """, Map.of());

    private TokenizerConfig() {}

    /**
     * Refuses settings that differ from the tokenizer beside the file, or that would change what it does.
     *
     * @param file the tokenizer_config.json, which may be missing
     * @throws ModelFormatException naming file and key
     */
    public static void check(Path file, Tokenizer tokenizer) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonNode root = JsonFile.read(file);
        KEYS.check(file, "", root);
        root.path(ADDED).properties().forEach(added -> {
            OptionalInt id = known(file, ADDED, added.getValue(), tokenizer);
            if (id.isPresent() && !added.getKey().equals(String.valueOf(id.getAsInt()))) {
                throw new ModelFormatException(
                        file + ": " + ADDED + " gives " + ConfigFields.shortened(added.getValue())
                                + " the id " + added.getKey() + ", but tokenizer.json says " + id.getAsInt()
                                + ": the two are of different tokenizers");
            }
        });
        SPECIAL.forEach(name -> known(file, name, root.path(name), tokenizer));
        for (String list : MORE_SPECIAL) {
            root.path(list).forEach(token -> known(file, list, token, tokenizer));
        }
    }

    private static OptionalInt known(Path file, String field, JsonNode token, Tokenizer tokenizer) {
        JsonNode content = token.isObject() ? token.path("content") : token;
        if (!content.isString() || content.asString().isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt id = tokenizer.id(content.asString());
        if (id.isEmpty()) {
            throw new ModelFormatException(file + ": " + field + " names " + ConfigFields.shortened(content)
                    + ", which tokenizer.json does not have: transformers would add it as a new token, which the model has"
                    + " never seen. Put it into tokenizer.json's added_tokens, or take it out here");
        }
        return id;
    }
}
