package dev.tempo.conformance.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.conformance.formula.CaseResult.Status;
import dev.tempo.fixtures.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every numeric fixture that lies beside the checkout; without them, {@link FixtureFileTest} is all there is. */
final class SharedFixturesTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void everyNumberOfTheReferenceCodeIsReproduced() {
        List<CaseResult> results = new ArrayList<>();
        for (Path file : files()) {
            results.addAll(check(file, parse(file)));
        }
        assertThat(results)
                .filteredOn(result -> result.status() == Status.FAILED)
                .isEmpty();
        assertThat(results)
                .filteredOn(result -> result.status() == Status.SKIPPED)
                .hasSize(9)
                .allSatisfy(result -> assertThat(result.id()).startsWith("tool_holes"));
    }

    @Test
    void theKindOfAFileShowsInItsFieldsAlone() {
        for (Path file : files()) {
            Map<Object, Object> document = new HashMap<>((Map<?, ?>) parse(file));
            document.remove("op");
            assertThat(check(file, document))
                    .as(file.toString())
                    .filteredOn(result -> result.status() == Status.FAILED)
                    .isEmpty();
        }
    }

    private static List<CaseResult> check(Path file, Object document) {
        return FixtureFile.recognise(document)
                .orElseThrow(() -> new AssertionError(file))
                .check();
    }

    private static List<Path> files() {
        try (Stream<Path> entries = Files.list(SharedFiles.at("fixtures/rl"))) {
            return entries.filter(entry -> entry.toString().endsWith(".json"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Object parse(Path file) {
        return JSON.readValue(file.toFile(), Object.class);
    }
}
