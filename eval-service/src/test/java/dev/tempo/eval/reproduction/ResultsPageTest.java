package dev.tempo.eval.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own results are what the command makes of the summaries beside them, and nothing that was written by hand. */
class ResultsPageTest {
    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void theSummariesThatAreCollectedMakeAReport() throws IOException {
        assumeThat(SuiteReport.data(DOCS))
                .as("summaries that ./tempo reproduce leaves")
                .isDirectory();

        assertThat(new SuiteReport(SuiteReport.read(List.of(DOCS))).write(directory))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void theResultsAreWrittenFromTheSummariesBesideThem() throws IOException {
        assumeThat(DOCS.resolve("results.html"))
                .as("the page, which is written once the summaries are complete")
                .exists();

        List<Path> written = new SuiteReport(SuiteReport.read(List.of(DOCS))).write(directory);

        for (Path file : written) {
            assertThat(DOCS.resolve(file.getFileName()))
                    .as("write it anew by ./tempo reproduce --from docs --out docs")
                    .hasSameBinaryContentAs(file);
        }
        assertThat(figures(DOCS)).as("figures that no report has").isEqualTo(figures(directory));
        try (Stream<Path> figures = Files.list(directory.resolve("results"))) {
            for (Path figure : figures.toList()) {
                assertThat(DOCS.resolve("results").resolve(figure.getFileName()))
                        .hasSameBinaryContentAs(figure);
            }
        }
    }

    private static Set<String> figures(Path report) throws IOException {
        try (Stream<Path> files = Files.list(report.resolve("results"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".svg"))
                    .collect(Collectors.toSet());
        }
    }
}
