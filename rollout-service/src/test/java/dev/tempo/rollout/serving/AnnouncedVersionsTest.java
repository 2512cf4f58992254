package dev.tempo.rollout.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.rollout.Environments;
import dev.tempo.rollout.Samples;
import dev.tempo.serving.version.ServedVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncedVersionsTest {
    private static final Instant NOW = Instant.ofEpochSecond(9);

    @TempDir
    static Path folder;

    private static ModelReference model;
    private static ModelReference gone;
    private static Run one;
    private static Run other;

    @BeforeAll
    static void write() throws IOException {
        model = Samples.model(folder.resolve("model"));
        gone = new ModelReference(folder.resolve("gone").toUri().toString(), model.sha256());
        Path questions = Samples.unlabeledFile(folder, 2);
        one = Samples.run("one", questions);
        other = Samples.run("other", questions);
    }

    private static AnnouncedVersions versions(@Nullable String run, @Nullable String name) {
        AnnouncedVersions versions = new AnnouncedVersions(run, name, Environments.of(folder.resolve("jars")));
        versions.on(one);
        versions.on(other);
        return versions;
    }

    private static List<String> names(AnnouncedVersions versions) {
        return versions.versions().stream().map(ServedVersion::id).toList();
    }

    @Test
    void theLatestVersionWhoseFilesAreThereAnswers() {
        AnnouncedVersions versions = versions(null, "words");
        assertThat(versions.served()).isEmpty();
        versions.on(Samples.version(one, 1, model), NOW);
        versions.on(Samples.version(one, 3, model), NOW);
        versions.on(Samples.version(one, 4, gone), NOW);
        assertThat(names(versions)).containsExactly("words@1", "words@3");
        assertThat(versions.served().orElseThrow().id()).isEqualTo("words@3");
        assertThat(versions.find("words@4")).isEmpty();
    }

    @Test
    void aVersionThatIsAnnouncedAgainIsTheSameOne() {
        AnnouncedVersions versions = versions(null, "words");
        versions.on(Samples.version(one, 1, model), NOW);
        ServedVersion first = versions.served().orElseThrow();
        versions.on(Samples.version(one, 1, model).withToken(7), NOW.plusSeconds(60));
        assertThat(versions.served()).contains(first);
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
        assertThat(named.name()).isEqualTo(name);
    }

    @Test
    void aQuestionIsAskedAsTheRecipeAsks() {
        AnnouncedVersions versions = versions(null, null);
        versions.on(Samples.version(one, 1, model), NOW);
        assertThat(versions.asking().orElseThrow().apply("1+1"))
                .isEqualTo(one.recipe().generation().ask("1+1"));
    }
}
