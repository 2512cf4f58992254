package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            "run-1",
            7,
            "ab".repeat(32),
            new Update(
                    Map.of("loss", 0.1 + 0.2, "approx.kl", -1e-300),
                    Map.of("gradient", 250, "failed", 6),
                    Map.of("no worker: a=b", 6),
                    3),
            Map.of(0, 4711L, 3, 12L),
            "topic-id",
            12.5,
            3.25);

    @Test
    void notesGiveBackTheSameBits() {
        assertThat(Checkpoint.read(CHECKPOINT.notes(7))).isEqualTo(CHECKPOINT);
    }

    @Test
    void aMissingNoteIsNamed() {
        Map<String, String> notes = new HashMap<>(CHECKPOINT.notes(7));
        notes.remove("sha256");
        assertThatThrownBy(() -> Checkpoint.read(notes)).hasMessageContaining("no note 'sha256'");
    }
}
