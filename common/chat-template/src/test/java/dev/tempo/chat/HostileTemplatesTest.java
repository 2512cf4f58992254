package dev.tempo.chat;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.fixtures.hostile.HostileInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates by strangers who mean harm: each is rendered, or refused by file and line, in bounded time and memory. */
class HostileTemplatesTest {
    private static final List<String> TEMPLATES = List.of(
            "{%- for message in messages -%}\n{{ '<|im_start|>' + message.role + '\\n' + message['content'] | trim }}\n"
                    + "{%- endfor -%}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
            "{% set ns = namespace(i=0) %}{% for i in range(10) %}{% set ns.i = ns.i + i * 2 ** 3 %}{% endfor %}{{ ns.i }}",
            "{% macro m(x, y=3) %}{{ x * y }}{{ x ~ y }}{% endmacro %}{{ m('ab', 4) }}{{ m(7) | string | center(20) }}",
            "{{ ('%s %d %05.2f' % ('a', 3, 1.5)) }}{{ 'x'.ljust(10) }}{{ '{:>10}'.format('a') }}{{ 'a,b'.split(',') | join('-') }}",
            "{{ messages | tojson(indent=2) }}{{ [3, 1, 2] | sort | list }}{{ messages | length }}{{ (10 // 3) % 2 }}",
            "{% if tools is defined and tools %}{{ tools[0] }}{% elif messages[0].role == 'system' %}s{% else %}"
                    + "{{ messages[-1:] | map(attribute='content') | list | first | upper | replace('H', 'J') }}{% endif %}",
            "{% set x = ['a', 'b', 'c'] %}{{ x | batch(2) | list }}{{ x | join }}",
            "{{ 'abc' | indent(4, true) }}{{ 'a b' | wordwrap(3) }}{{ 'abcdef' | truncate(4) }}{{ 1234567 | filesizeformat }}",
            "{% macro m2() %}{{ caller('z') }}{% endmacro %}{% call(u) m2() %}{{ u }}{% endcall %}");

    @TempDir
    Path folder;

    @Test
    void aTemplateIsRenderedOrRefused() {
        HostileInputs.of("chat template")
                .seeds(TEMPLATES.toArray(String[]::new))
                .words(
                        "range(1000000000)",
                        "range(10**9)|list",
                        "'x' * 1000000000",
                        "'x' * 10**30",
                        "10 ** 10 ** 10",
                        "2 ** 100000000",
                        "[0] * 100000000",
                        "'a'.ljust(1000000000)",
                        "{:>1000000000}",
                        "%1000000000d",
                        "%.1000000000f",
                        "|center(1000000000)",
                        "|indent(1000000000)",
                        "|join('x'*100000)",
                        "{% for a in range(1000) %}",
                        "{% endfor %}",
                        "{% set x = x + x %}",
                        "{{ x }}",
                        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}",
                        "{{ m() }}",
                        "self",
                        "loop.index",
                        "loop(1)",
                        "recursive",
                        "messages",
                        "x.append(x)",
                        "x.extend(x)",
                        "|batch(1000000000)",
                        "|slice(1000000000)",
                        "|round(1000000000)",
                        "'a' * 10000",
                        "|replace('', 'x' * 1000)",
                        "-1000000000",
                        "|tojson(indent=1000000000)",
                        "{{",
                        "}}",
                        "{%",
                        "%}",
                        "{#",
                        "#}",
                        "\\",
                        "'",
                        "~",
                        "**",
                        "//",
                        "|",
                        "not",
                        "is",
                        "in",
                        "[::-1]",
                        "[::0]")
                .refusedBy(ChatTemplateException.class)
                .allocating(64, 256 << 20)
                .within(Duration.ofSeconds(8))
                .into(input -> {
                    Path file = Files.write(folder.resolve("chat_template.jinja"), input);
                    return ChatTemplate.read(file, Map.of("eos_token", "</s>"))
                            .prompt("Be brief.", "How much is 1 + 1?", true);
                });
    }

    @Test
    void aTokenizerConfigHasATemplateOrIsRefused() throws IOException {
        HostileInputs inputs = HostileInputs.of("chat template of tokenizer_config.json")
                .seeds(
                        "{\"chat_template\": \"{{ bos_token }}{{ messages[0].content }}\", \"bos_token\": {\"content\": \"<s>\"}}",
                        "{\"chat_template\": [{\"name\": \"default\", \"template\": \"{{ messages[0].content }}\"}], \"eos_token\": \"x\"}")
                .refusedBy(ChatTemplateException.class)
                .allocating(2_500, 16 << 20);
        inputs.into(input -> {
            Files.write(folder.resolve("tokenizer_config.json"), input);
            return ChatTemplate.of(folder).map(template -> template.prompt(null, "How much is 1 + 1?", null));
        });
    }

    @Test
    void theTemplatesOfPublishedModels() {
        Path models = SharedFiles.at("fixtures/models");
        List<Path> files = List.of(
                models.resolve("qwen3-tied-f32/tokenizer_config.json"),
                models.resolve("olmo3-yarn-gqa-f32/tokenizer_config.json"));
        HostileInputs.of("tokenizer_config.json of published models")
                .files(files)
                .refusedBy(ChatTemplateException.class)
                .allocating(2_500, 32 << 20)
                .oneIn(3)
                .into(input -> {
                    Files.write(folder.resolve("tokenizer_config.json"), input);
                    return ChatTemplate.of(folder).map(template -> template.prompt(null, "How much is 1 + 1?", null));
                });
    }
}
