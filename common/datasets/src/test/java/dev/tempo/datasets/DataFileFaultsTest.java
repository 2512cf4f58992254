package dev.tempo.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.datasets.published.PublishedQuestions;
import dev.tempo.datasets.published.PublishedQuestions.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that a recipe cannot name: both readers say what such a file is and what to do, in words of their own. */
class DataFileFaultsTest {
    private static final String GOOD = "{\"question\": \"1+1?\", \"answer\": \"2\"}\n";
    private static final String[] LIBRARIES_WORDS = {
        "Unexpected",
        "Unrecognized",
        "token",
        "JsonToken",
        "REDACTED",
        "Source",
        "jackson",
        "Feature",
        "close marker",
        "code 4"
    };

    @TempDir
    Path directory;

    static Stream<Arguments> filesThatAreNoJson() {
        return Stream.of(
                Arguments.of("a.parquet", "PAR1...".getBytes(UTF_8), "is Parquet that was cut off"),
                Arguments.of(
                        "a.jsonl.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0}, "is compressed and damaged or cut off"),
                Arguments.of("a.zip", "PK\3\4".getBytes(UTF_8), "unpack it first: unzip"),
                Arguments.of("a.xlsx", "PK\3\4".getBytes(UTF_8), "is a spreadsheet; save it as CSV"),
                Arguments.of("a.jsonl", GOOD.getBytes(UTF_16), "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
                Arguments.of("a.jsonl", GOOD.getBytes(UTF_16LE), "is UTF-16; convert it: iconv -f UTF-16LE -t UTF-8"),
                Arguments.of("a.jsonl", "<!DOCTYPE html>\n<html>".getBytes(UTF_8), "is a web page, not data"),
                Arguments.of("a.jsonl", "version https://git-lfs.github.com/spec/v1\n".getBytes(UTF_8), "git lfs pull"),
                Arguments.of("a.jsonl", new byte[0], "is empty, 0 bytes"),
                Arguments.of("a.jsonl", "ARROW1\0\0".getBytes(UTF_8), "is Arrow"),
                Arguments.of("a.jsonl", new byte[] {(byte) 0x80, 4, (byte) 0x95}, "is a Python pickle"),
                Arguments.of("a.jsonl", "%PDF-1.7".getBytes(UTF_8), "is a PDF"));
    }

    @ParameterizedTest
    @MethodSource
    void filesThatAreNoJson(String name, byte[] bytes, String words) throws IOException {
        Path file = Files.write(directory.resolve(name), bytes);

        assertThatThrownBy(() -> recipes(file))
                .hasMessageContaining(name + ": ")
                .hasMessageContaining(words);
        assertThatThrownBy(() -> questions(file))
                .hasMessageContaining(name + ": ")
                .hasMessageContaining(words);
    }

    static Stream<Arguments> linesThatAreNoJson() {
        return Stream.of(
                Arguments.of(GOOD.strip() + ",\n" + GOOD.strip() + ",\n", "a comma stands behind its object; remove"),
                Arguments.of("{'question': '1+1?'}\n", "its quotes are single: Python's print"),
                Arguments.of("{\"question\": \"1+1?\", \"answer\": NaN}\n", "NaN is no JSON value"),
                Arguments.of("{\"question\": \"1+1?\", \"answer\": None}\n", "None is Python; JSON has null"),
                Arguments.of(
                        "{\"question\": \"1+1?\", \"question\": \"2\", \"answer\": \"2\"}\n",
                        "column 'question' comes twice"),
                Arguments.of(GOOD + "{\"question\": \"1+1", "ends in the middle of an object or a text"),
                Arguments.of(
                        "{\"question\": \"\\cos 0\", \"answer\": \"1\"}\n",
                        "no escape \\c; a backslash in a text is written twice"),
                Arguments.of("{\"question\": \"a\tb\", \"answer\": \"1\"}\n", "control character at column 16"),
                Arguments.of(
                        "{\"question\": \"1+1?\", \"answer\": \"2\",}\n", "a comma stands before a closing bracket"),
                Arguments.of("{\"question\": \"1+1?\" \"answer\": \"2\"}\n", "does not go on like this at column"),
                Arguments.of("# my questions\n" + GOOD, "it is a comment"),
                Arguments.of(
                        "{\"error\": \"Rate limit\"}\n", "the error that a server gave in place of data: Rate limit"),
                Arguments.of(
                        "{\"question\": {\"0\": \"1+1?\"}, \"answer\": {\"0\": 2}}\n",
                        "orient=\"records\", lines=True"));
    }

    @ParameterizedTest
    @MethodSource
    void linesThatAreNoJson(String content, String words) throws IOException {
        Path file = Files.writeString(directory.resolve("mine.jsonl"), content);

        assertThatThrownBy(() -> recipes(file))
                .hasMessageContaining("mine.jsonl, line ")
                .hasMessageContaining(words)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain(LIBRARIES_WORDS));
        assertThatThrownBy(() -> questions(file))
                .hasMessageContaining("mine.jsonl")
                .hasMessageContaining(words)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain(LIBRARIES_WORDS));
    }

    static Stream<Arguments> layoutsThatTheQuestionsCommandRewrites() {
        return Stream.of(
                Arguments.of("[\n {\"question\": \"1+1?\",\n \"answer\": \"2\"}\n]\n", "is a JSON list"),
                Arguments.of("[{\"question\": \"1+1?\", \"answer\": \"2\"}]\n", "is a JSON list"),
                Arguments.of("{\n \"question\": \"1+1?\",\n \"answer\": \"2\"\n}\n", "has objects over several lines"),
                Arguments.of(GOOD.strip() + GOOD, "two objects stand on it"),
                Arguments.of(
                        "{\"examples\": [{\"question\": \"1+1?\", \"answer\": \"2\"}]}\n",
                        "with a list of rows in 'examples'"),
                Arguments.of(
                        "{\"question\": [{\"role\": \"user\", \"content\": \"1+1?\"}], \"answer\": \"2\"}\n",
                        "column 'question' should be a text but is a conversation"),
                Arguments.of(
                        "{\"question\": \"1+1?\", \"answer\": [\"2\"]}\n",
                        "column 'answer' should be a text but is a list of one"));
    }

    @ParameterizedTest
    @MethodSource
    void layoutsThatTheQuestionsCommandRewrites(String content, String words) throws IOException {
        Path file = Files.writeString(directory.resolve("mine.jsonl"), content);

        assertThatThrownBy(() -> recipes(file)).hasMessageContaining(words).hasMessageContaining("./tempo questions");
        assertThat(questions(file).questions()).singleElement().satisfies(question -> {
            assertThat(question.question()).isEqualTo("1+1?");
            assertThat(question.answer()).isEqualTo("2");
        });
    }

    @Test
    void whatCannotBeATextIsNamedAsWhatItIs() throws IOException {
        Path file = directory.resolve("mine.jsonl");
        Files.writeString(file, "{\"question\": \"q\", \"answer\": [1, 2]}\n");
        assertThatThrownBy(() -> recipes(file)).hasMessageContaining("a list of 2, [1,2]; write one text");
        Files.writeString(file, "{\"question\": \"q\", \"answer\": {\"value\": 1}}\n");
        assertThatThrownBy(() -> recipes(file)).hasMessageContaining("is an object, {\"value\":1}; name the column");
        Files.writeString(file, "{\"question\": \"q\", \"answer\": null}\n");
        assertThatThrownBy(() -> recipes(file)).hasMessageContaining("column 'answer' is null; complete the line");
        Files.writeString(file, "{\"question\": \"q\", \"answer\": true}\n");
        assertThatThrownBy(() -> recipes(file)).hasMessageContaining("is true; put it in quotes");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> recipes(directory)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> questions(directory)).hasMessageContaining("is a directory");
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() throws IOException {
        Path file = Files.write(
                directory.resolve("latin.jsonl"),
                (GOOD + "{\"question\": \"Gödel?\", \"answer\": \"2\"}\n").getBytes(ISO_8859_1));

        assertThatThrownBy(() -> recipes(file)).hasMessageContaining("line 2: is not UTF-8; convert");
        assertThatThrownBy(() -> questions(file)).hasMessageContaining("line 2: is not UTF-8; convert");
    }

    private static void recipes(Path file) {
        LabeledQuestions.read(new LabeledFile(file.toString(), null, "question", "answer", null, null));
    }

    private static PublishedQuestions questions(Path file) {
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, null, false, false, Map.of(), FieldNames.USUAL), String::equals);
        questions.add(file);
        return questions;
    }
}
