package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.Judges;
import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/judges.md shows is what the tests run, and what it lists is what ships. */
class JudgesPageTest {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- (examples/\\S+) -->\\n```\\w+\\n(.*?)```\\n", Pattern.DOTALL);

    private final String page = Project.text("docs/judges.md");

    @Test
    void everyExampleIsShownAsItIs() throws IOException {
        Set<String> shown = new TreeSet<>();
        SHOWN.matcher(page).results().forEach(example -> {
            shown.add(example.group(1));
            assertThat(example.group(2)).as(example.group(1)).isEqualTo(Project.text(example.group(1)));
        });
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Project.file("examples/judges"))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .forEach(file -> there.add(
                            Project.file("").relativize(file).toString().replace('\\', '/')));
        }
        assertThat(shown).isEqualTo(there);
    }

    @Test
    void everyJudgeThatShipsIsListed() {
        assertThat(Judges.builtIn())
                .extracting(Judge::name)
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    @Test
    void propertiesItNamesExist() {
        assertThat(ConfigurationNames.all()).contains("tempo.judge.directory", "tempo.judge.endpoints");
    }
}
