package dev.tempo.conformance;

import dev.tempo.conformance.formula.CaseResult;
import dev.tempo.conformance.formula.FixtureFile;
import dev.tempo.conformance.model.ReferenceNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The check of fixtures under paths. Each is recognised by its content; files that are no fixtures are ignored. */
public final class Conformance {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Conformance() {}

    /** One entry per fixture, in order of the paths. */
    public static List<CheckedFile> check(List<Path> paths) {
        List<CheckedFile> entries = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                numbered(file).or(() -> judgeCases(file)).or(() -> model(file)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path + " cannot be read", unreadable);
        }
    }

    /** A JSON object with {@code cases}: of a formula, which it names as {@code op}, or of the tokenizer beside it. */
    private static Optional<CheckedFile> numbered(Path file) {
        if (!file.toString().endsWith(".json")) {
            return Optional.empty();
        }
        Object content;
        try {
            content = JSON.readValue(file.toFile(), Object.class);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        return FixtureFile.recognise(content)
                .map(fixture -> entry(file, fixture.check()))
                .or(() -> TokenizerFixture.check(file, JSON.valueToTree(content)));
    }

    /** A judge case file: JSON lines with {@code kind}, {@code equal}, and {@code gold} or {@code question}. */
    private static Optional<CheckedFile> judgeCases(Path file) {
        if (!file.toString().endsWith(".jsonl")) {
            return Optional.empty();
        }
        List<JudgeCase> cases = JudgeCaseLines.read(file);
        return cases.isEmpty() ? Optional.empty() : Optional.of(JudgeFile.check(file, cases));
    }

    /** A model directory with a reference.json; its entry is the directory. */
    private static Optional<CheckedFile> model(Path file) {
        return file.endsWith("reference.json") && ReferenceNumbers.recognises(file)
                ? Optional.of(entry(file.resolveSibling("").normalize(), ReferenceNumbers.check(file)))
                : Optional.empty();
    }

    private static CheckedFile entry(Path file, List<CaseResult> results) {
        List<String> failures = results.stream()
                .filter(result -> result.status() == CaseResult.Status.FAILED)
                .map(result -> result.id() + ": " + result.message())
                .toList();
        int skipped = (int) results.stream()
                .filter(result -> result.status() == CaseResult.Status.SKIPPED)
                .count();
        double worst = results.stream()
                .filter(result -> result.status() != CaseResult.Status.SKIPPED)
                .mapToDouble(CaseResult::worstError)
                .max()
                .orElse(0);
        return new CheckedFile(
                file.toString(),
                results.size(),
                failures.size(),
                skipped,
                worst,
                failures,
                failures.isEmpty(),
                List.of(),
                Map.of());
    }
}
