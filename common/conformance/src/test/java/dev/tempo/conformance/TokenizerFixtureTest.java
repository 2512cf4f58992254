package dev.tempo.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFixtureTest {
    @TempDir
    Path directory;

    @BeforeEach
    void aTokenizerAndATemplate() throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "post_processor": null,
                 "added_tokens": [{"id": 1, "content": "$", "single_word": false, "lstrip": false, "rstrip": false,
                                   "normalized": false, "special": true}],
                 "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[\\\\s\\\\S]"}, "behavior": "Isolated", "invert": false},
                 "decoder": {"type": "Fuse"},
                 "model": {"type": "WordLevel", "vocab": {".": 0, "$": 1, "a": 2, "b": 3}, "unk_token": "."}}
                """);
        Files.writeString(
                directory.resolve("t.jinja"),
                "{% for m in messages %}{{ m.content }}{% endfor %}{{ 'b' if enable_thinking is defined }}"
                        + "{{ 'a' if tools is none }}");
    }

    private List<CheckedFile> check() {
        return Conformance.check(List.of(directory));
    }

    @Test
    void textsAreCountedAndAFailureNamesTheCaseAndWhatWasExpected() throws IOException {
        Files.writeString(directory.resolve("reference.json"), """
                {"vocab_size": 4, "cases": [
                  {"text": "ab$", "ids": [2, 3, 1], "tokens": ["a", "b", "$"], "decoded": "ab$", "decoded_skip_special": "ab"},
                  {"text": "ba", "ids": [3, 3], "decoded": "ba"}]}
                """);

        CheckedFile entry = check().get(0);

        assertThat(entry.cases()).isEqualTo(2);
        assertThat(entry.failed()).isEqualTo(1);
        assertThat(entry.passed()).isFalse();
        assertThat(entry.failures()).containsExactly("1 'ba': ids [3, 2], expected [3, 3]");
    }

    @Test
    void conversationsAreRenderedAndEncoded() throws IOException {
        Files.writeString(directory.resolve("chat_reference.json"), """
                {"cases": [
                  {"name": "one", "template": "t.jinja", "messages": [{"role": "user", "content": "b"}], "tools": null,
                   "enable_thinking": null, "rendered": "ba", "ids": [3, 2]},
                  {"name": "two", "template": "t.jinja", "messages": [{"role": "user", "content": "b"}], "tools": [],
                   "enable_thinking": false, "rendered": "bba", "ids": [3, 3, 2]}]}
                """);

        CheckedFile entry = check().get(0);

        assertThat(entry.cases()).isEqualTo(2);
        assertThat(entry.failures()).containsExactly("1 two: rendered differs from character 2 on: '', expected 'a'");
    }

    @Test
    void aReferenceWithoutATokenizerBesideItIsNoTokenizerFixture() throws IOException {
        Files.delete(directory.resolve("tokenizer.json"));
        Files.writeString(
                directory.resolve("reference.json"),
                "{\"cases\": [{\"text\": \"a\", \"ids\": [2], \"decoded\": \"a\"}]}");

        assertThat(check()).isEmpty();
    }
}
