package dev.tempo.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatTemplateTest {
    private static final String CHATML = """
            {%- for message in messages %}
                {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
                {%- if enable_thinking is defined and not enable_thinking %}
                    {{- '<think>\\n\\n</think>\\n\\n' }}
                {%- endif %}
            {%- endif %}
            """;

    @TempDir
    Path directory;

    private static ChatTemplate template(String source) {
        Clock clock = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
        return new ChatTemplate("test.jinja", source, Map.of("eos_token", "</s>"), clock);
    }

    private static JsonNode renderings() {
        return resource("jinja2-renderings.json");
    }

    private static JsonNode language() {
        return resource("jinja2-language.json");
    }

    private static JsonNode resource(String name) {
        try (InputStream json = ChatTemplateTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(json));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static Stream<JsonNode> cases() {
        return renderings().path("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersWhatJinja2Renders(JsonNode one) {
        assertThat(template(one.path("template").asString()).render(variables(renderings())))
                .isEqualTo(one.path("rendered").asString());
    }

    static Stream<JsonNode> languageCases() {
        return language().path("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("languageCases")
    void speaksJinja2sLanguage(JsonNode one) {
        assertThat(template(one.path("template").asString()).render(variables(language())))
                .as(one.path("subject").asString())
                .isEqualTo(one.path("rendered").asString());
    }

    static Stream<String> refusedCases() {
        return language().path("refused").valueStream().map(JsonNode::asString);
    }

    @ParameterizedTest
    @MethodSource("refusedCases")
    void refusesWhatJinja2Refuses(String source) {
        assertThatThrownBy(() -> template(source).render(variables(language())))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageStartingWith("test.jinja, line 1 of the chat template: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ [1]|map('string') }}",
                "{{ [1]|random }}",
                "{{ lipsum() }}",
                "{{ 'x'.upper }}",
                "{{ range }}",
                "{{ ('<'|e)|upper }}",
                "{{ 'www.x.org'|urlize }}",
                "{{ 'x'.encode() }}",
                "{{ 'ab' is sameas 'ab' }}",
                "{% block x %}{% endblock %}",
                "{% autoescape true %}{% endautoescape %}",
                "{{ self }}"
            })
    void whatWouldDifferIsRefused(String source) {
        assertThatThrownBy(() -> template(source).render(Map.of()))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageStartingWith("test.jinja, line 1 of the chat template: ");
    }

    @Test
    void anArgumentThatNothingTakesIsNamed() {
        assertThatThrownBy(() -> template("\n{{ [1]|batch(2, fill=0)|list }}").render(Map.of()))
                .hasMessage("test.jinja, line 2 of the chat template: the filter 'batch' takes no argument 'fill'");
    }

    private static Map<String, ?> variables(JsonNode file) {
        @SuppressWarnings("unchecked")
        Map<String, ?> given = JsonMapper.shared().convertValue(file.path("variables"), Map.class);
        return given;
    }

    @Test
    void aQuestionBecomesAPrompt() {
        ChatTemplate chat = template(CHATML);
        assertThat(chat.prompt(null, "2+2?", null))
                .isEqualTo("<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n");
        assertThat(chat.prompt("Be brief.", "false", false))
                .isEqualTo("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nfalse<|im_end|>\n"
                        + "<|im_start|>assistant\n<think>\n\n</think>\n\n");
    }

    @Test
    void aQuestionIsNeverReadAsATemplate() {
        String question = "{{ eos_token }} {% raise_exception('x') %} {# x #} \\' '";
        assertThat(template(CHATML).prompt(null, question, true)).contains("\n" + question + "<|im_end|>");
    }

    @Test
    void severalThreadsRenderAtOnce() {
        ChatTemplate chat = template(CHATML);
        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(i -> chat.prompt(null, "q" + i, null))
                        .toList())
                .isEqualTo(IntStream.range(0, 64)
                        .mapToObj(i -> "<|im_start|>user\nq" + i + "<|im_end|>\n<|im_start|>assistant\n")
                        .toList());
    }

    @Test
    void theClockTellsTheDate() {
        assertThat(template("{{ strftime_now('%d %B %Y') if strftime_now is defined }}")
                        .render(Map.of()))
                .isEqualTo("03 February 2026");
        assertThat(template("{{ strftime_now('%-d/%m %H:%M:%S %p %j %A %b %U %y%%') }}")
                        .render(Map.of()))
                .isEqualTo("3/02 04:05:06 AM 034 Tuesday Feb 05 26%");
    }

    @Test
    void aRefusalNamesFileAndLine() {
        assertThatThrownBy(
                        () -> template("a\n{% if true -%}\n\n  {{ raise_exception('only users: ' ~ 1) }}\n{% endif %}")
                                .render(Map.of()))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessage("test.jinja, line 4 of the chat template: the template refuses this: only users: 1");
        assertThatThrownBy(() -> template("\n{# x\n #}\n{{ a.b }}").render(Map.of()))
                .hasMessage("test.jinja, line 4 of the chat template: 'a' is undefined, so it has no attribute 'b'");
        assertThatThrownBy(() -> template("\n{% for x in 3 %}{% endfor %}").render(Map.of()))
                .hasMessageStartingWith("test.jinja, line 2 of the chat template: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n{% if x %}",
                "\n{{ x",
                "\n{% if x",
                "\n{# x",
                "\n{% nosuch %}",
                "\n{% include 'x' %}",
                "\n{% raw %}"
            })
    void whatIsNoTemplateIsRefusedWithItsLine(String source) {
        assertThatThrownBy(() -> template(source))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageStartingWith("test.jinja, line 2 of the chat template: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a'.getClass() }}",
                "{{ messages.getClass() }}",
                "{{ 'a'.__class__.__mro__ }}",
                "{{ ''.class.forName('java.lang.Runtime') }}",
                "{{ messages.append(1) }}",
                "{{ 'x'|render }}",
                "{{ today() }}",
                "{{ ____int3rpr3t3r____.config }}",
                "{{ x is within([1]) }}",
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(s='xxxxxxxxxxxxxxxx') %}{% for i in range(40) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% for i in range(100000) %}{{ 'x' * 100 }}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{{ 'x' * 100000000 }}",
                "{{ 2 ** 1000000000 }}",
                "{{ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) }}"
            })
    void aTemplateReachesNeitherJavaNorItsLimits(String source) {
        assertThatThrownBy(() -> template(source).render(Map.of("messages", List.of())))
                .isInstanceOf(ChatTemplateException.class);
    }

    @Test
    void theFileOfItsOwnComesBeforeTheField() throws IOException {
        assertThat(ChatTemplate.of(directory)).isEmpty();
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                "{\"eos_token\": {\"content\": \"</e>\"}, \"bos_token\": null, \"chat_template\": \"field{{ eos_token }}\"}");
        assertThat(rendered()).isEqualTo("field</e>");
        Files.writeString(directory.resolve("chat_template.jinja"), "file{{ eos_token }}{{ bos_token is defined }}");
        assertThat(rendered()).isEqualTo("file</e>False");
    }

    @Test
    void ofNamedTemplatesTheDefaultIsTaken() throws IOException {
        Path config = directory.resolve("tokenizer_config.json");
        Files.writeString(config, """
                {"chat_template": [{"name": "rag", "template": "r"}, {"name": "default", "template": "d"}]}
                """);
        assertThat(rendered()).isEqualTo("d");
        Files.writeString(config, "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"r\"}]}");
        assertThatThrownBy(this::rendered).hasMessageStartingWith(config.toString());
        Files.writeString(config, "{");
        assertThatThrownBy(this::rendered).hasMessageStartingWith(config + " is no JSON");
    }

    private String rendered() {
        return ChatTemplate.of(directory).orElseThrow().render(Map.of());
    }
}
