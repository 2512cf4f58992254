package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The exceptions from the build's search for copies: classes that exist, each set with its reason above it. */
class AllowedCopiesTest {
    private static final List<String> LINES =
            Project.text(".ci/allowed-copies.txt").lines().toList();

    @Test
    void everyExceptionHasAReason() {
        for (int i = 0; i < LINES.size(); i++) {
            if (isException(LINES.get(i))) {
                assertThat(LINES.get(i - 1)).as("reason above " + LINES.get(i)).matches("# .{20,}");
            }
        }
    }

    @Test
    void everyExceptionNamesClassesThatExist() {
        List<String> sources = Project.mainSources().stream()
                .map(source -> source.toString().replace('/', '.'))
                .toList();
        assertThat(LINES.stream().filter(AllowedCopiesTest::isException))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.split(","))
                        .allSatisfy(name -> assertThat(sources)
                                .anyMatch(source -> source.endsWith(".src.main.java." + name + ".java"))));
    }

    private static boolean isException(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }
}
