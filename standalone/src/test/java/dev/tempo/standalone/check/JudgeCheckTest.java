package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCheckTest {
    @TempDir
    Path directory;

    @BeforeEach
    void data() throws IOException {
        write(
                "labeled.jsonl",
                "{'question': 'a?', 'answer': '1', 'topic': 'math'}\n{'question': 'b?', 'answer': 'x', 'topic': 'law'}\n");
        write("unlabeled.jsonl", "{'question': 'c?', 'topic': 'law'}\n");
    }

    @Test
    void chainsOfKnownJudgesAreNamedWithTheirVersions() throws IOException {
        assertThat(check("math: [math], default: [rules, exact-match]", "critic"))
                .extracting(Finding::level, Finding::subject, Finding::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Finding.Level.GOOD, "judges.default", "rules 2, then exact-match 1"),
                        org.assertj.core.groups.Tuple.tuple(Finding.Level.GOOD, "judges.math", "math 2"));
    }

    @Test
    void aNameThatIsNoJudgesIsAProblemOfItsField() throws IOException {
        assertThat(problems("math: [maths], default: [rules]", "critic"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.subject()).isEqualTo("judges.math");
                    assertThat(problem.text()).contains("no judge is called 'maths'", "rules", "math");
                });
    }

    @Test
    void anExternalJudgeStandsAlone() throws IOException {
        assertThat(problems("default: [external]", "critic")).isEmpty();
        assertThat(problems("default: [rules, external]", "critic"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("one writer of verdicts"));
    }

    @Test
    void boxedStandsInFrontOfAJudgeThatCompares() throws IOException {
        assertThat(problems("default: [boxed, rules]", "majority-vote")).isEmpty();
        for (String chain : new String[] {"[boxed]", "[rules, boxed]", "[boxed, math, boxed]"}) {
            assertThat(problems("default: " + chain, "critic"))
                    .as(chain)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.text()).contains("put it first", "[boxed, rules]"));
        }
    }

    @Test
    void anEmptyChainJudgesNothing() throws IOException {
        assertThat(problems("default: []", "critic"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).startsWith("is empty"));
    }

    @Test
    void aBrokenJarIsAProblem() throws IOException {
        write("judges/broken.jar", "PK");

        assertThat(problems("default: [rules]", "critic"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("broken.jar: is no jar"));
    }

    @Test
    void votesNeedAJudgeThatExtractsAnswersFirst() throws IOException {
        Files.writeString(
                directory.resolve("theirs.properties"), "tempo.judge.endpoints.theirs.url=http://127.0.0.1:1/\n");

        assertThat(problems("default: [theirs]", "critic")).isEmpty();
        assertThat(problems("default: [theirs]", "majority-vote"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.subject()).isEqualTo("judges.default");
                    assertThat(problem.text()).contains("'theirs' cannot say", "votes of domain 'law'");
                });
        assertThat(problems("default: [theirs], law: [rules]", "majority-vote")).isEmpty();
    }

    @Test
    void everyDomainOfTheDataNeedsAChain() throws IOException {
        assertThat(DataCheck.of(recipe("math: [rules]", "critic")))
                .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
                .extracting(Finding::subject, Finding::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "data.labeled",
                                "question labeled-2 is of domain 'law', which no chain of judges serves; add 'law: [...]'"
                                        + " or a 'default' chain to judges"),
                        org.assertj.core.groups.Tuple.tuple(
                                "data.unlabeled",
                                "question unlabeled-1 is of domain 'law', which no chain of judges serves; add 'law:"
                                        + " [...]' or a 'default' chain to judges"));
        assertThat(DataCheck.of(recipe("math: [rules], law: [rules]", "critic")))
                .extracting(Finding::level)
                .containsOnly(Finding.Level.GOOD);
    }

    private List<Finding> problems(String judges, String reward) throws IOException {
        return check(judges, reward).stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .toList();
    }

    private List<Finding> check(String judges, String reward) throws IOException {
        Path config = directory.resolve("theirs.properties");
        try (AvailableJudges available =
                AvailableJudges.find(directory.resolve("judges"), Files.exists(config) ? config : null)) {
            return JudgeCheck.of(recipe(judges, reward), available);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace('\'', '"'));
    }

    private Recipe recipe(String judges, String reward) throws IOException {
        Path file = Files.writeString(directory.resolve("recipe.yaml"), """
                name: example
                model: base
                data:
                  labeled: {file: labeled.jsonl, domain: topic}
                  unlabeled: {file: unlabeled.jsonl, domain: topic}
                evaluation: {}
                generation: {temperature: 1.0, maxNewTokens: 22}
                judges: {%s}
                stages:
                  - name: test-time
                    rounds: 1
                    questionsFrom: unlabeled
                    questions: 1
                    samples: 4
                    reward: %s
                    recalibration: %s
                    policy: {learningRate: 1e-4, miniBatch: 2, clip: [0.03, 0.05]}
                    critic: {learningRate: 5e-4, miniBatch: 4}
                """.formatted(
                        judges, reward, reward.equals("critic") ? "{every: 1, questions: 1, samples: 2}" : "none"));
        return RecipeFile.read(file, null);
    }
}
