package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/operations.md tells an operator of the faults that can be brought about. */
class FaultRowsTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final String HEADER = "| fault | what is to be seen | what to do | kinds of `./tempo chaos` |";
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String ANY_SERVICE = "SERVICE";
    private static final int CELLS = 4;

    @Test
    void everyKindHasARowThatSaysWhatIsSeenAndWhatToDo() throws IOException {
        assertThat(kindsOfRows())
                .containsExactlyInAnyOrderElementsOf(
                        FaultKinds.ALL.stream().map(Fault::words).toList());
    }

    private static List<String> kindsOfRows() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int header = lines.indexOf(HEADER);
        assertThat(header).as("the table of faults").isNotNegative();
        List<String> kinds = new ArrayList<>();
        for (String row : lines.subList(header + 2, lines.size())) {
            if (!row.startsWith("| ")) {
                break;
            }
            String[] cells = row.substring(1).split("\\|", -1);
            assertThat(cells).as(row).hasSize(CELLS + 1);
            assertThat(List.of(cells).subList(0, CELLS - 1)).as(row).noneMatch(String::isBlank);
            QUOTED.matcher(cells[CELLS - 1])
                    .results()
                    .map(quoted -> quoted.group(1))
                    .forEach(kind -> kinds.addAll(
                            kind.endsWith(ANY_SERVICE)
                                    ? FaultKinds.services().stream()
                                            .map(service -> kind.replace(ANY_SERVICE, service))
                                            .toList()
                                    : List.of(kind)));
        }
        return kinds;
    }
}
