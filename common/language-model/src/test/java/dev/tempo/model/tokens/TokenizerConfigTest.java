package dev.tempo.model.tokens;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.Head;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.TinyModel;
import dev.tempo.model.directory.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that tokenizer_config.json may not ask for anything that tokenizer.json does not do. */
class TokenizerConfigTest {
    @TempDir
    Path directory;

    @BeforeEach
    void aModel() {
        TinyModel.write(directory, TinyModel.config(true), Head.VOCABULARY, 5);
    }

    private Path config(String fields) throws IOException {
        return Files.writeString(directory.resolve("tokenizer_config.json"), "{" + fields + "}");
    }

    @Test
    void whatIsUsualIsUnderstood() throws IOException {
        config("""
                "add_bos_token": false, "add_prefix_space": false, "split_special_tokens": false, "errors": "replace",
                "added_tokens_decoder": {"1": {"content": "$", "lstrip": false, "special": true}},
                "additional_special_tokens": ["$", {"content": "."}], "extra_special_tokens": {"image": "$"},
                "bos_token": null, "eos_token": "$", "pad_token": {"content": "."}, "unk_token": null,
                "chat_template": "{{ messages }}", "clean_up_tokenization_spaces": false, "model_max_length": 131072,
                "padding_side": "left", "tokenizer_class": "Qwen2Tokenizer", "backend": "tokenizers", "is_local": false
                """);
        assertThatCode(() -> new ModelDirectory(directory).check()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"add_bos_token\": true | add_bos_token true is not supported",
                "\"add_prefix_space\": true | add_prefix_space true is not supported",
                "\"split_special_tokens\": true | split_special_tokens true is not supported",
                "\"fix_mistral_regex\": true | fix_mistral_regex true is not supported",
                "\"invented\": \"x\" | has invented, which is not understood",
                "\"pad_token\": \"<pad>\" | pad_token names \"<pad>\", which tokenizer.json does not have",
                "\"eos_token\": {\"content\": \"<end>\"} | eos_token names \"<end>\", which tokenizer.json does not have",
                "\"additional_special_tokens\": [\"<tool>\"] | additional_special_tokens names \"<tool>\"",
                "\"extra_special_tokens\": {\"image\": \"<image>\"} | extra_special_tokens names \"<image>\"",
                "\"added_tokens_decoder\": {\"17\": {\"content\": \"<new>\"}} | added_tokens_decoder names \"<new>\"",
                "\"added_tokens_decoder\": {\"2\": {\"content\": \"$\"}} | the id 2, but tokenizer.json says 1",
                "] | is no JSON: it goes wrong at line 1, column"
            })
    void whatTokenizerJsonDoesNotDoIsRefused(String field, String message) throws IOException {
        Path file = config(field);
        assertThatThrownBy(() -> new ModelDirectory(directory).check())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
