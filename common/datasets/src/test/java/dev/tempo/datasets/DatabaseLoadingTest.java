package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.datasets.table.Tables;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers on a class path without DuckDB: what its library cannot be loaded for is the tables alone. */
class DatabaseLoadingTest {
    @TempDir
    Path folder;

    @Test
    void jsonNeedsNoDatabase() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"question\": \"q\", \"answer\": \"1\"}\n");

        assertThat(read(file)).hasSize(1);
    }

    @Test
    void aTableThatCannotBeReadHereSaysHowItBecomesJson() throws Exception {
        Path file = Tables.parquet(folder.resolve("a.parquet"), "SELECT 'q' AS question, '1' AS answer");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("its native library cannot be loaded on this machine")
                .hasMessageContaining("duckdb -c \"COPY (SELECT * FROM 'a.parquet') TO 'a.jsonl' (FORMAT JSON)\"");
    }

    private static List<?> read(Path file) throws Exception {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] without = Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.contains("duckdb"))
                .map(DatabaseLoadingTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            Class<?> labeled = loader.loadClass("dev.tempo.contract.recipe.LabeledFile");
            Object named =
                    labeled.getConstructors()[0].newInstance(file.toString(), null, "question", "answer", null, null);
            return (List<?>) loader.loadClass("dev.tempo.datasets.LabeledQuestions")
                    .getMethod("read", labeled)
                    .invoke(null, named);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
