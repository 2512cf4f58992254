package dev.tempo.policy.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.policy.PolicyProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/filters.md shows is what is packed here, against tempo-plugin-api alone, and used as the service uses it. */
class FilterExampleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path directory;

    @BeforeAll
    static void pack() throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("sh", "examples/filters/java/pack.sh", directory.toString())
                .directory(ROOT.toFile())
                .inheritIO();
        script.environment()
                .merge(
                        "PATH",
                        System.getProperty("java.home") + "/bin",
                        (path, jdk) -> jdk + File.pathSeparator + path);
        assertThat(script.start().waitFor()).isZero();
    }

    private static QuestionFilters filters(Path jars, @Nullable Integer shortest, String... chain) {
        return QuestionFilters.of(
                new PolicyProperties.Filters(List.of(chain), jars, shortest, null), new SimpleMeterRegistry());
    }

    @Test
    void anAddressIsTakenOutAndATelephoneNumberRefuses() {
        QuestionFilters filters = filters(directory, null, "contacts");
        assertThat(filters.filter("ada@example.org asks: what is 1 + 1?").question())
                .isEqualTo("[e-mail] asks: what is 1 + 1?");
        FilteredQuestion refused = filters.filter("Call 030 1234567: what is 1 + 1?");
        assertThat(refused.question()).isNull();
        assertThat(refused.reason()).isEqualTo("contacts: it holds what looks like a telephone number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is 123456789 * 987654321?", "What is 0.5 + 1/4?", "Solve x = -3 (mod 11)."})
    void questionsOfMathematicsPassAsTheyAre(String question) {
        assertThat(filters(directory, null, "contacts").filter(question).question())
                .isEqualTo(question);
    }

    @Test
    void theLengthIsThatOfWhatIsStoredToo() {
        QuestionFilters filters = filters(directory, 10, "contacts");
        assertThat(filters.filter("ada.of.lovelace@example.org").reason())
                .isEqualTo("length: it has fewer than 10 characters");
        assertThat(filters.filter("What is 1 + 1?").question()).isEqualTo("What is 1 + 1?");
    }

    @Test
    void aFilterThatIsNamedAndNotThereStopsTheService() throws IOException {
        assertThatThrownBy(() -> filters(directory, null, "names"))
                .hasMessageContaining("names 'names', but the jars in " + directory + " have [contacts]");
        assertThatThrownBy(() -> filters(directory, null, "contacts", "contacts"))
                .hasMessageContaining("'contacts' twice");
        assertThatThrownBy(() -> filters(directory, 4, "length"))
                .hasMessageContaining("the length is bounded by tempo.policy.filters.shortest");
        assertThatThrownBy(() -> filters(directory, 20_001)).hasMessageContaining("no question could pass");
        Path broken = Files.createDirectory(directory.resolve("broken"));
        Files.writeString(broken.resolve("contacts.jar"), "PK");
        assertThatThrownBy(() -> filters(broken, null, "contacts"))
                .hasMessageContaining("contacts.jar: is no jar")
                .hasMessageContaining("have []");
    }

    @Test
    void whereNoneIsNamedEverythingPasses() {
        assertThat(filters(directory, null).filter("Call 030 1234567").question())
                .isEqualTo("Call 030 1234567");
        assertThat(filters(directory.resolve("gone"), null).filter("1?").question())
                .isEqualTo("1?");
    }

    @Test
    void everyExampleIsShownAsItIs() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/filters.md"));
        for (String example : List.of("ContactFilter.java", "pack.sh")) {
            assertThat(page).contains(Files.readString(ROOT.resolve("examples/filters/java/" + example)));
        }
    }
}
