package dev.tempo.runs;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes and hashes of checkpoints as damage makes them: a trainer goes on from a whole checkpoint, or the run stops by name. */
class HostileNotesTest {
    @TempDir
    Path folder;

    @Test
    void notesOfCheckpoints() {
        HostileInputs.of("notes of a checkpoint")
                .seeds("round=3\nloss=0.25\nrecalibrated=true\noffset.0=17\noffset.2=9223372036854775807\nkey.a=1")
                .words("offset.", "round=", "key.")
                .refusedBy(RunStoppedException.class)
                .into(input -> {
                    Map<String, String> notes = new HashMap<>();
                    new String(input, StandardCharsets.UTF_8).lines().forEach(line -> {
                        int sign = line.indexOf('=');
                        notes.put(line.substring(0, Math.max(0, sign)), line.substring(sign + 1));
                    });
                    CheckpointNotes read = new CheckpointNotes("policy", notes);
                    return read.whole("round")
                            + read.number("loss")
                            + (read.flag("recalibrated") ? 1 : 0)
                            + read.offsets().size()
                            + read.under("key.", Integer::valueOf).size();
                });
    }

    @Test
    void hashesOfCheckpoints() throws Exception {
        Path begun = folder.resolve("begun/policy.sha256");
        Path newest = folder.resolve("checkpoints/checkpoint");
        Files.createDirectories(newest.getParent());
        KeptCheckpoints kept = new KeptCheckpoints(
                newest, begun, "compute the run anew", Ownership.take(newest.resolveSibling(""), 1));
        kept.write(path -> write(path, "first"));
        kept.write(path -> write(path, "second"));
        byte[] hashes = Files.readAllBytes(begun);
        HostileInputs.of("begun/policy.sha256")
                .seed(hashes)
                .refusedBy(RunStoppedException.class)
                .into(input -> {
                    Files.write(begun, input);
                    write(newest, "second");
                    return kept.find(true);
                });
    }

    private static void write(Path path, String content) {
        try {
            Files.writeString(path, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
