package dev.tempo.rollout.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.rollout.Environments;
import dev.tempo.rollout.Samples;
import dev.tempo.serving.version.NotYetServedException;
import dev.tempo.serving.version.ServedVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncedVersionsTest {
    private static final Instant NOW = Instant.ofEpochSecond(9);
    private static final List<Topic<?>> READ = List.of(Topics.RUNS, Topics.POLICY_VERSIONS, Topics.PROMOTIONS);

    @TempDir
    static Path folder;

    private static ModelReference model;
    private static ModelReference gone;
    private static Path questions;
    private static Run one;
    private static Run other;

    @BeforeAll
    static void write() throws IOException {
        model = Samples.model(folder.resolve("model"));
        gone = new ModelReference(folder.resolve("gone").toUri().toString(), model.sha256());
        questions = Samples.unlabeledFile(folder, 2);
        one = Samples.run("one", questions);
        other = Samples.run("other", questions);
    }

    private static AnnouncedVersions versions(@Nullable String run, @Nullable String name) {
        AnnouncedVersions versions = new AnnouncedVersions(run, name, Environments.of(folder.resolve("jars")));
        versions.on(one);
        versions.on(other);
        READ.forEach(versions::caughtUpWith);
        return versions;
    }

    private static List<String> names(AnnouncedVersions versions) {
        return versions.listing().versions().stream().map(ServedVersion::id).toList();
    }

    @Test
    void theLatestVersionWhoseFilesAreThereAnswers() {
        AnnouncedVersions versions = versions(null, "words");
        assertThat(versions.listing().served()).isEmpty();
        versions.on(Samples.version(one, 1, model), NOW);
        versions.on(Samples.version(one, 3, model), NOW);
        versions.on(Samples.version(one, 4, gone), NOW);
        assertThat(names(versions)).containsExactly("words@1", "words@3");
        assertThat(versions.listing().served().orElseThrow().id()).isEqualTo("words@3");
        assertThat(versions.listing().find("words@4")).isEmpty();
    }

    @Test
    void aRunLearnsFromWhatItIsAskedWhileItAwaitsQuestions() {
        AnnouncedVersions versions = versions(null, "words");
        versions.on(Samples.version(one, 1, model), NOW);
        ServedVersion served = versions.listing().served().orElseThrow();
        assertThat(versions.learns(served)).isFalse();
        Run awaiting = Samples.run(
                "one", Samples.recipe(questions).arriving(ArrivalSettings.USUAL).build());
        versions.on(awaiting);
        assertThat(versions.learns(served)).isTrue();
        versions.on(awaiting.withState(RunState.FINISHED));
        assertThat(versions.learns(served)).isFalse();
    }

    @Test
    void aVersionThatIsAnnouncedAgainIsTheSameOne() {
        AnnouncedVersions versions = versions(null, "words");
        versions.on(Samples.version(one, 1, model), NOW);
        ServedVersion first = versions.listing().served().orElseThrow();
        versions.on(Samples.version(one, 1, model).withToken(7), NOW.plusSeconds(60));
        assertThat(versions.listing().served()).contains(first);
    }

    @Test
    void theRunOfWhichAVersionWasAnnouncedLastIsServedUnlessOneIsNamed() {
        AnnouncedVersions any = versions(null, null);
        AnnouncedVersions named = versions("one", null);
        for (AnnouncedVersions versions : List.of(any, named)) {
            versions.on(Samples.version(one, 1, model), NOW);
            versions.on(Samples.version(other, 2, model), NOW);
        }
        String name = one.recipe().name();
        assertThat(names(any)).containsExactly(name + "@2");
        assertThat(names(named)).containsExactly(name + "@1");
        assertThat(named.listing().name()).isEqualTo(name);
    }

    @Test
    void aQuestionIsAskedAsTheRecipeOfTheVersionsOwnRunAsks() {
        AnnouncedVersions versions = versions(null, null);
        versions.on(Samples.version(one, 1, model), NOW);
        ServedVersion first = versions.listing().served().orElseThrow();
        Generation asking = new Generation(1, 8, null, "Q: {question}", null, null);
        versions.on(Samples.run(
                "other", Samples.recipe(questions).generation(asking).build()));
        versions.on(Samples.version(other, 2, model), NOW);
        ServedVersion second = versions.listing().served().orElseThrow();
        assertThat(versions.asking(first).orElseThrow().apply("1+1"))
                .isEqualTo(one.recipe().generation().ask("1+1"));
        assertThat(versions.asking(second).orElseThrow().apply("1+1")).isEqualTo("Q: 1+1");
    }

    private static Optional<String> served(AnnouncedVersions versions) {
        return versions.listing().served().map(ServedVersion::id);
    }

    @Test
    void ofARunThatPromotesThePromotedVersionAnswersAndItsFirstBeforeThereIsOne() {
        Run promoting = Samples.promoting("one", questions);
        AnnouncedVersions versions = versions(null, "words");
        versions.on(promoting);
        versions.on(Samples.version(promoting, 1, model), NOW);
        assertThat(served(versions)).isEmpty();
        versions.on(Samples.version(promoting, 0, model), NOW);
        versions.on(Samples.version(promoting, 2, model), NOW);
        assertThat(served(versions)).hasValue("words@0");
        versions.on(Samples.promotion(promoting, 1, 2, model), NOW);
        versions.on(Samples.promotion(promoting, 0, 0, model), NOW);
        assertThat(served(versions)).hasValue("words@2");
        versions.on(undecided(promoting, 2, 1), NOW);
        assertThat(served(versions)).hasValue("words@2");
        versions.on(Samples.promotion(promoting, 3, 0, model), NOW);
        assertThat(served(versions)).hasValue("words@0");
        assertThat(names(versions)).containsExactly("words@0", "words@1", "words@2");
    }

    private static Promotion undecided(Run run, int number, int version) {
        return new Promotion(
                run.run(), number, version, PromotionOutcome.UNDECIDED, 2, model, 4, 0, List.of(), null, "too few", 1L);
    }

    /** A trainer deletes old versions; the copy of the promoted one stays, and is the same version. */
    @Test
    void aPromotedVersionOutlivesTheFilesThatItWasAnnouncedWith() {
        Run promoting = Samples.promoting("one", questions);
        AnnouncedVersions versions = versions(null, "words");
        versions.on(promoting);
        versions.on(Samples.version(promoting, 0, model), NOW);
        versions.on(Samples.version(promoting, 1, model), NOW);
        ServedVersion announced = versions.listing().find("words@1").orElseThrow();
        versions.on(Samples.version(promoting, 1, gone), NOW);
        versions.on(Samples.promotion(promoting, 0, 1, model), NOW);
        assertThat(versions.listing().served()).contains(announced);

        versions.on(Samples.version(promoting, 2, gone), NOW);
        versions.on(Samples.promotion(promoting, 1, 2, gone), NOW);
        assertThat(served(versions))
                .as("the promoted version's files are not there")
                .isEmpty();
    }

    /** What answers after a restart must not be an older version for a moment, and not nothing for ever. */
    @Test
    void nothingAnswersBeforeAllThatWasAnnouncedIsRead() {
        Run promoting = Samples.promoting("one", questions);
        AnnouncedVersions versions = new AnnouncedVersions(null, "words", Environments.of(folder.resolve("jars")));
        versions.on(promoting);
        versions.on(Samples.version(promoting, 0, model), NOW);
        for (Topic<?> topic : READ) {
            assertThat(names(versions)).isEmpty();
            assertThatThrownBy(() -> versions.listing().found("words@0")).isInstanceOf(NotYetServedException.class);
            versions.caughtUpWith(topic);
        }
        assertThat(served(versions)).hasValue("words@0");
    }
}
