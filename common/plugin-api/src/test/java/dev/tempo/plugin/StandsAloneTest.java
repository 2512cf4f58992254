package dev.tempo.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author writes compiles, without a warning, with this artifact and JSpecify's annotations and nothing else. */
class StandsAloneTest {
    private static final String JUDGE = """
            package author;

            import dev.tempo.plugin.ExtractingJudge;
            import dev.tempo.plugin.JudgeUnavailableException;
            import dev.tempo.plugin.Verdict;
            import org.jspecify.annotations.Nullable;

            public final class LastWordJudge implements ExtractingJudge {
                @Override
                public String name() {
                    return "last-word";
                }

                @Override
                public String version() {
                    return "1";
                }

                @Override
                public Verdict judge(String question, String reference, String response, boolean ended) {
                    if (question.equals("closed?")) {
                        throw new JudgeUnavailableException(this, "closed", null);
                    }
                    String answer = answer(response, ended);
                    return answer == null
                            ? undecided("word", "no word in it")
                            : decided(equal(answer, reference), "word", answer, "compared the last word");
                }

                @Override
                public @Nullable String answer(String response, boolean ended) {
                    String word = response.substring(response.lastIndexOf(' ') + 1);
                    return word.isEmpty() ? null : word;
                }

                @Override
                public boolean equal(String first, String second) {
                    return first.equalsIgnoreCase(second);
                }
            }
            """;
    private static final String ENVIRONMENT = """
            package author;

            import dev.tempo.plugin.TextEnvironment;
            import org.jspecify.annotations.Nullable;

            public final class Clapping implements TextEnvironment {
                @Override
                public String name() {
                    return "clapping";
                }

                @Override
                public String version() {
                    return "1";
                }

                @Override
                public @Nullable String next(String prompt, String response) {
                    return response.endsWith("!") ? " (applause)" : null;
                }
            }
            """;

    private static final String FILTER = """
            package author;

            import dev.tempo.plugin.FilteredQuestion;
            import dev.tempo.plugin.QuestionFilter;
            import java.util.List;

            public final class Whisper implements QuestionFilter {
                @Override
                public String name() {
                    return "whisper";
                }

                @Override
                public String version() {
                    return "1";
                }

                @Override
                public List<String> reasons() {
                    return List.of("it is loud");
                }

                @Override
                public FilteredQuestion filter(String question) {
                    return question.endsWith("!")
                            ? FilteredQuestion.refused("it is loud")
                            : FilteredQuestion.kept(question.toLowerCase());
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void aJudgeAnEnvironmentAndAFilterCompileWithItAloneAndWork() throws IOException, URISyntaxException {
        assertThat(compile(
                        new Source("LastWordJudge", JUDGE),
                        new Source("Clapping", ENVIRONMENT),
                        new Source("Whisper", FILTER)))
                .isEmpty();
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Judge.class.getName()), "author.LastWordJudge\n");
        Files.writeString(services.resolve(TextEnvironment.class.getName()), "author.Clapping\n");
        Files.writeString(services.resolve(QuestionFilter.class.getName()), "author.Whisper\n");

        try (URLClassLoader authors = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Judge judge = ServiceLoader.load(Judge.class, authors).findFirst().orElseThrow();
            TextEnvironment environment = ServiceLoader.load(TextEnvironment.class, authors)
                    .findFirst()
                    .orElseThrow();

            QuestionFilter filter = ServiceLoader.load(QuestionFilter.class, authors)
                    .findFirst()
                    .orElseThrow();

            assertThat(filter.filter("WHO?").question()).isEqualTo("who?");
            assertThat(filter.filter("WHO!").reason()).isEqualTo("it is loud");
            assertThat(judge.judge("2+2?", "four", "It is Four", true).outcome())
                    .isEqualTo(Outcome.CORRECT);
            assertThat(judge.judge("2+2?", "four", "", true).outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(environment.next("Sing.", "La!")).isEqualTo(" (applause)");
        }
    }

    @Test
    void whatAnotherArtifactBringsIsNotThere() throws URISyntaxException {
        String foreign = JUDGE.replace(
                "import dev.tempo.plugin.Verdict;",
                "import dev.tempo.plugin.Verdict; import dev.tempo.contract.Topics;");

        assertThat(compile(new Source("LastWordJudge", foreign))).contains("dev.tempo.contract");
    }

    /** What the compiler says. */
    private String compile(Source... sources) throws URISyntaxException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = Stream.of(place(Judge.class), place(Nullable.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("--release", "17", "-Xlint:all", "-proc:none", "-cp", classPath, "-d", directory.toString());
        boolean compiled = compiler.getTask(said, null, null, options, null, List.of(sources))
                .call();
        assertThat(compiled).isEqualTo(said.toString().isEmpty());
        return said.toString();
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///author/" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
