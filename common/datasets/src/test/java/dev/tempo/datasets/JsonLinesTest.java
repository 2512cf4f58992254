package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamed() {
        String file = folder.resolve("absent.jsonl").toString();

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("absent.jsonl: no such file");
    }

    @Test
    void aFileOfBlankLinesIsRefused() throws IOException {
        assertThatThrownBy(() -> read(write("\n \n"))).hasMessageContaining("holds no rows");
    }

    @Test
    void malformedJsonNamesItsLine() throws IOException {
        assertThatThrownBy(() -> read(write("{\"a\": 1}\n{\"a\": \n")))
                .hasMessageContaining("rows.jsonl, line 2: is not JSON");
    }

    @Test
    void aColumnThatComesTwiceInALineIsRefused() throws IOException {
        assertThatThrownBy(() -> read(write("{\"a\": 1, \"a\": 2}")))
                .hasMessageContaining("line 1: is not JSON")
                .hasMessageContaining("a");
    }

    @Test
    void twoObjectsInALineAreRefused() throws IOException {
        assertThatThrownBy(() -> read(write("{\"a\": 1} {\"a\": 2}"))).hasMessageContaining("line 1");
    }

    @Test
    void aLineThatIsNoObjectIsShown() throws IOException {
        assertThatThrownBy(() -> read(write("[1, 2]")))
                .hasMessageContaining("should be a JSON object {…} but is [1, 2]");
    }

    @Test
    void anotherEncodingThanUtf8IsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("{\"a\": \"fine\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.write("{\"a\": \"Gödel\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        Path file = Files.write(folder.resolve("latin.jsonl"), bytes.toByteArray());

        assertThatThrownBy(() -> read(file.toString())).hasMessageContaining("line 2: is not UTF-8");
    }

    @Test
    void aTextThatIsLongerThanAnyQuestionIsRefusedWithItsLineAndColumn() throws IOException {
        String text = "9".repeat(500_001);

        assertThatThrownBy(() -> read(write("{\"a\": \"fine\"}\n{\"a\": \"" + text + "\"}"))
                        .forEach(row -> row.text("a")))
                .hasMessageContaining("line 2")
                .hasMessageContaining("column 'a' has 500001 characters; at most 500000 are taken");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreNoObstacle() throws IOException {
        assertThat(read(write("\uFEFF{\"a\": \"Gödel\"}\r\n{\"a\": \"2\"}")))
                .extracting(row -> row.text("a"))
                .containsExactly("Gödel", "2");
    }

    private static List<JsonRow> read(String file) {
        List<JsonRow> rows = new ArrayList<>();
        DataRows.read(file, Set.of("a"), rows::add);
        return rows;
    }

    private String write(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), text).toString();
    }

    /** A file's names were kept for the next file, up to twelve thousand of them. */
    @Test
    void namesOfColumnsGoWithTheirFile() throws IOException {
        Path file = Files.writeString(folder.resolve("names.jsonl"), "{\"a name that no other file has\": 1}\n");
        WeakReference<String> name = new WeakReference<>(
                read(file.toString()).get(0).row().names().iterator().next());
        for (int attempt = 0; attempt < 20 && name.get() != null; attempt++) {
            System.gc();
        }
        assertThat(name.get()).isNull();
    }
}
