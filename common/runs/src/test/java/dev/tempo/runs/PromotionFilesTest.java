package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.FencedException;
import dev.tempo.contract.ModelReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class PromotionFilesTest {
    @TempDir
    Path run;

    private PromotionFiles files = new RunDirectory(Path.of(".")).promotions();

    @BeforeEach
    void takeOver() {
        files = new RunDirectory(run).promotions().takeOver(1);
    }

    @Test
    void whoWasSucceededAnnouncesNothingAndKeepsAndDeletesNothing() throws IOException {
        files.announce(0, bytes("first"));
        files.keep(1, version(1, "one"));
        PromotionFiles successor = new RunDirectory(run).promotions().takeOver(1);
        successor.announce(1, bytes("the successor's"));
        assertThatThrownBy(() -> files.announce(1, bytes("another content"))).isInstanceOf(FencedException.class);
        ModelReference two = version(2, "two");
        assertThatThrownBy(() -> files.keep(2, two)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> files.keepOnly(version -> false)).isInstanceOf(FencedException.class);
        assertThat(files.announced().get(0)).isEqualTo(bytes("first"));
        assertThat(files.announced().get(1)).isEqualTo(bytes("the successor's"));
        assertThat(files.version(1)).exists();
        assertThat(files.version(2)).doesNotExist();
        assertThat(successor.token()).isGreaterThan(files.token());
    }

    @Test
    void aCopyHasTheAnnouncedHashOrThereIsNone() throws IOException {
        ModelReference model = version(1, "one");
        Path source = RunDirectory.pathOf(model).resolve("model.safetensors");
        Files.writeString(source, "one, with a flipped bit");
        assertThatThrownBy(() -> files.keep(1, model))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("v1 cannot be kept")
                .rootCause()
                .hasMessageContaining("was announced: they are damaged or others");
        assertThat(files.version(1)).doesNotExist();
    }

    @Test
    void aCopyThatIsDamagedIsMadeAgainAndOneThatIsWholeNeedsNoSource() throws IOException {
        ModelReference model = version(1, "one");
        Files.writeString(RunDirectory.pathOf(model).resolve("tokenizer.json"), "tokens");
        Files.writeString(
                RunDirectory.pathOf(model).resolve("files.sha256"),
                DigestUtils.sha256Hex("tokens") + "  tokenizer.json\n");
        ModelReference kept = files.keep(1, model);
        assertThat(RunDirectory.pathOf(kept)).isEqualTo(files.version(1));
        Files.writeString(files.version(1).resolve("tokenizer.json"), "other tokens");
        files.keep(1, kept);
        assertThat(files.version(1).resolve("tokenizer.json")).hasContent("tokens");
        FileSystemUtils.deleteRecursively(RunDirectory.pathOf(model));
        assertThat(files.keep(1, kept)).isEqualTo(kept);
        Files.delete(files.version(1).resolve("model.safetensors"));
        assertThatThrownBy(() -> files.keep(1, kept)).hasMessageContaining("v1 cannot be kept");
    }

    @Test
    void onlyTheCopiesThatAreWantedStay() throws IOException {
        for (int version = 1; version <= 3; version++) {
            files.keep(version, version(version, "weights " + version));
        }
        files.keepOnly(version -> version == 2);
        assertThat(files.version(1)).doesNotExist();
        assertThat(files.version(2)).exists();
        assertThat(files.version(3)).doesNotExist();
    }

    @Test
    void whatACrashLeftOfALineSwallowsNoRecord() throws IOException {
        files.announce(0, bytes("first"));
        Path records = run.resolve("announced").resolve("promotions.jsonl");
        Files.writeString(records, Files.readString(records) + "1 abc torn");
        files.announce(1, bytes("second"));
        assertThat(files.announced()).containsOnlyKeys(0, 1);
        assertThat(files.announced().get(1)).isEqualTo(bytes("second"));
    }

    @Test
    void noTrainerWritesACopyOfAPromotedVersionAgain() throws IOException {
        version(7, "seven");
        assertThat(WatchedVersions.mayBeMended(new RunDirectory(run).policy().version(7)))
                .isTrue();
        files.keep(7, version(7, "seven"));
        assertThat(WatchedVersions.mayBeMended(files.version(7))).isFalse();
    }

    private ModelReference version(int number, String weights) throws IOException {
        Path directory = new RunDirectory(run).policy().version(number);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model.safetensors"), weights);
        return new ModelReference(directory.toUri().toString(), DigestUtils.sha256Hex(weights));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
