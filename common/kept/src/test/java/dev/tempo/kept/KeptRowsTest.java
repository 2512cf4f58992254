package dev.tempo.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptRowsTest {
    private static final int ROWS = 3_000;

    private record Row(String id, String text) {}

    private static final Form<Row> FORM = new Form<>() {
        @Override
        public List<String> fields(Row row) {
            return List.of(row.id(), row.text());
        }

        @Override
        public Row value(List<String> fields) {
            return new Row(fields.get(0), fields.get(1));
        }
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ROWS - 1, ROWS, KeptRows.HELD})
    void whereverRowsLieTheListIsTheSame(int held) {
        List<Row> expected = rows(ROWS);

        KeptRows<Row> kept = kept(expected, held);

        assertThat(kept).isEqualTo(expected).hasSize(ROWS);
        List<Integer> positions =
                new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(positions, new Random(3));
        for (int position : positions) {
            assertThat(kept.get(position)).isEqualTo(expected.get(position));
            assertThat(kept.find(expected.get(position).id())).contains(expected.get(position));
        }
        assertThat(kept.find("id-" + ROWS)).isEmpty();
        assertThat(kept.position("id-7")).hasValue(7);
        assertThat(IntStream.of(kept.positionsById()).mapToObj(expected::get))
                .isEqualTo(
                        expected.stream().sorted(Comparator.comparing(Row::id)).toList());
        assertThat(kept.as(Row::id)).isEqualTo(expected.stream().map(Row::id).toList());
        assertThatThrownBy(() -> kept.get(ROWS)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kept.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 100})
    void aSecondRowOfAnIdIsNotAddedAndTheNumberOfTheFirstIsTold(int held) {
        KeptRows.Builder<Row> builder = new KeptRows.Builder<>(FORM, Row::id, held);
        assertThat(builder.add(new Row("a", "one"), 1)).isEmpty();
        assertThat(builder.add(new Row("b", "two"), 7)).isEmpty();
        assertThat(builder.add(new Row("c", "three"), 4_000_000_000L)).isEmpty();

        assertThat(builder.add(new Row("c", "four"), 9)).contains(4_000_000_000L);
        assertThat(builder.add(new Row("a", "four"), 9)).contains(1L);

        assertThat(builder.build()).extracting(Row::text).containsExactly("one", "two", "three");
    }

    @Test
    void aTextInAFileKeepsEveryCharacter() {
        List<Row> hard = List.of(
                new Row("nothing", ""),
                new Row("null", "a\0b"),
                new Row("pair", "\uD83D\uDE00"),
                new Row("half a pair", "x\uD83Dy"),
                new Row("long", "é".repeat(400_000)));

        assertThat(kept(hard, 0)).isEqualTo(hard);
    }

    @Test
    void noFileIsLeftWhereTemporaryFilesAre() throws IOException {
        Set<Path> before = temporary();
        KeptRows<Row> kept = kept(rows(100), 0);

        assertThat(before).containsAll(temporary());
        assertThat(kept.get(99).id()).isEqualTo("id-99");
    }

    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("tempo-kept-"))
                    .collect(Collectors.toSet());
        }
    }

    private static List<Row> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Row("id-" + number, "text " + number * 31))
                .toList();
    }

    private static KeptRows<Row> kept(List<Row> rows, int held) {
        KeptRows.Builder<Row> builder = new KeptRows.Builder<>(FORM, Row::id, held);
        for (int number = 0; number < rows.size(); number++) {
            assertThat(builder.add(rows.get(number), number + 1)).isEmpty();
        }
        return builder.build();
    }
}
