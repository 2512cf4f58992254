package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decisions are short, numbered and found in their index. */
class DecisionsTest {
    private static final int SCREEN = 50;

    @Test
    void everyDecisionIsInTheIndexAndFitsOnAScreen() throws IOException {
        String index = Project.text("docs/decisions/README.md");
        List<Path> decisions;
        try (Stream<Path> files = Files.list(Project.file("docs/decisions"))) {
            decisions = files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .toList();
        }
        assertThat(decisions).hasSizeGreaterThanOrEqualTo(8);
        for (Path decision : decisions) {
            String name = decision.getFileName().toString();
            assertThat(index).as("the index names %s", name).contains("(" + name + ")");
            assertThat(Project.text(decision).lines().count())
                    .as("lines of %s", name)
                    .isLessThanOrEqualTo(SCREEN);
            assertThat(Project.text(decision)).startsWith("# " + Integer.parseInt(name.substring(0, 4)) + ". ");
        }
    }
}
