package dev.tempo.eval.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

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
    void theResultsAreWrittenFromTheSummariesBesideThem() throws IOException {
        List<Path> pages = new SuiteReport(SuiteReport.read(List.of(DOCS))).write(directory);

        assertWritten(pages, "results", "./tempo reproduce --from docs --out docs");
    }

    @Test
    void theAblationsAreWrittenFromTheSummariesBesideThem() throws IOException {
        List<Path> pages = new AblationReport(AblationReport.read(List.of(DOCS))).write(directory);

        assertWritten(pages, "ablations", "./tempo reproduce --from docs --ablation all --out docs");
    }

    private void assertWritten(List<Path> pages, String folder, String command) throws IOException {
        for (Path page : pages) {
            assertThat(DOCS.resolve(page.getFileName()))
                    .as("write it anew by " + command)
                    .hasSameBinaryContentAs(page);
        }
        Set<String> figures = figures(directory.resolve(folder));
        assertThat(figures(DOCS.resolve(folder)))
                .as("figures that no report has")
                .isEqualTo(figures);
        for (String figure : figures) {
            assertThat(DOCS.resolve(folder).resolve(figure))
                    .hasSameBinaryContentAs(directory.resolve(folder).resolve(figure));
        }
    }

    private static Set<String> figures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".svg"))
                    .collect(Collectors.toSet());
        }
    }
}
