package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointNotesTest {
    @Test
    void numbersComeBackWithTheSameBits() {
        double third = 1 / 3.0;
        CheckpointNotes notes = new CheckpointNotes(
                "policy",
                Map.of("seconds", Double.toString(third), "round", "41", "fitted", "true", "stage", "test-time"));

        assertThat(notes.number("seconds")).isEqualTo(third);
        assertThat(notes.whole("round")).isEqualTo(41);
        assertThat(notes.flag("fitted")).isTrue();
        assertThat(notes.text("stage")).isEqualTo("test-time");
        assertThat(notes.textOrNull("origin")).isNull();
    }

    @Test
    void offsetsComeBackByPartition() {
        Map<String, String> written = new HashMap<>(Map.of("round", "2"));
        CheckpointNotes.addOffsets(written, Map.of(0, 17L, 3, 5_000_000_000L));

        assertThat(new CheckpointNotes("critic", written).offsets()).isEqualTo(Map.of(0, 17L, 3, 5_000_000_000L));
    }

    @Test
    void notesUnderAPrefixAreNamedByTheRest() {
        CheckpointNotes notes =
                new CheckpointNotes("policy", Map.of("rows.failed", "3", "rows.gradient", "9", "x", "1"));

        assertThat(notes.under("rows.", Integer::valueOf)).isEqualTo(Map.of("failed", 3, "gradient", 9));
    }

    @Test
    void aMissingOrDamagedNoteStopsTheRunNamingIt() {
        CheckpointNotes notes = new CheckpointNotes("critic", Map.of("round", "four"));

        assertThatThrownBy(() -> notes.whole("round"))
                .isInstanceOf(RunStoppedException.class)
                .hasMessage("note 'round' of the critic's checkpoint is no number: four");
        assertThatThrownBy(() -> notes.text("stage"))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("the critic's checkpoint has no note 'stage'");
    }
}
