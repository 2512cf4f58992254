package dev.tempo.model.config;

import java.util.Map;

/**
 * The known keys of config.json and generation_config.json, for Qwen3, OLMo 3 and all models: keys that are read, keys that
 * change nothing here, and keys of features that are not supported. docs/models.md gives the reasons.
 */
final class ConfigKeys {
    /**
     * The keys of generation_config.json. How to sample and how far to generate is up to the recipe; beams, other caches and
     * other outputs are not supported.
     */
    static final KeyRules GENERATION = KeyRules.of(
            """
            eos_token_id bos_token_id pad_token_id decoder_start_token_id
            do_sample temperature top_k top_p min_p
            max_length max_new_tokens max_time min_length
            num_return_sequences early_stopping length_penalty low_memory
            use_cache cache_implementation cache_config max_cache_len prefill_chunk_size
            output_attentions output_hidden_states output_scores output_logits return_dict_in_generate
            renormalize_logits remove_invalid_values
            is_assistant num_assistant_tokens num_assistant_tokens_schedule assistant_confidence_threshold
            assistant_early_exit assistant_lookbehind target_lookbehind assistant_ensemble_weight
            prompt_lookup_num_tokens max_matching_ngram_size speculation_type use_mtp
            compile_config disable_compile continuous_batching_config
            transformers_version _from_model_config generation_kwargs
            """,
            """
            min_new_tokens no_repeat_ngram_size encoder_no_repeat_ngram_size bad_words_ids
            forced_decoder_ids exponential_decay_length_penalty
            suppress_tokens begin_suppress_tokens sequence_bias stop_strings token_healing
            watermarking_config epsilon_cutoff eta_cutoff top_h penalty_alpha dola_layers
            diversity_penalty constraints force_words_ids
            """,
            Map.of(
                    "forced_bos_token_id",
                    Double.NaN,
                    "forced_eos_token_id",
                    Double.NaN,
                    "repetition_penalty",
                    1.0,
                    "encoder_repetition_penalty",
                    1.0,
                    "typical_p",
                    1.0,
                    "guidance_scale",
                    1.0,
                    "num_beams",
                    1.0,
                    "num_beam_groups",
                    1.0));

    /** The keys of config.json, which in old files include those of generation_config.json. */
    static final KeyRules MODEL = KeyRules.of("""
                    model_type architectures hidden_size num_hidden_layers num_attention_heads num_key_value_heads head_dim
                    intermediate_size hidden_act rms_norm_eps attention_bias mlp_bias tie_word_embeddings vocab_size
                    max_position_embeddings rope_theta rope_scaling rope_parameters partial_rotary_factor layer_types
                    sliding_window use_sliding_window max_window_layers
                    dtype torch_dtype quantization_config
                    initializer_range attention_dropout hidden_dropout
                    _name_or_path name_or_path _commit_hash _attn_implementation _attn_implementation_autoset
                    attn_implementation use_flash_attn _attn_implementation_internal _experts_implementation
                    return_dict use_return_dict torchscript use_bfloat16 tf_legacy_loss chunk_size_feed_forward
                    is_decoder finetuning_task task_specific_params problem_type prefix id2label label2id num_labels
                    tokenizer_class sep_token_id pretraining_tp keys_to_ignore_at_inference
                    unsloth_version unsloth_fixed model_name gradient_checkpointing vocabulary
                    """, """
                    is_encoder_decoder add_cross_attention cross_attention_hidden_size tie_encoder_decoder pruned_heads
                    """, Map.of()).with(GENERATION);

    /** The keys of one description of rotary positions without stretching. */
    static final KeyRules PLAIN_ROPE = KeyRules.of("rope_type type rope_theta partial_rotary_factor", "", Map.of());

    /** The keys of one description of rotary positions that YaRN stretches. */
    static final KeyRules YARN = KeyRules.of("""
                    factor original_max_position_embeddings attention_factor beta_fast beta_slow mscale mscale_all_dim
                    truncate finetuned
                    """, "", Map.of()).with(PLAIN_ROPE);

    private ConfigKeys() {}
}
