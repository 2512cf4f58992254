package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.device.InstructionSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MachineDigestTest {
    private static final Path BASE = Path.of("..", "recipes", "quickstart", "seed0", "base");

    @Test
    void tenRoundsComeToTheSameBitsTwice() {
        MachineDigest once = MachineDigest.of(InstructionSet.PORTABLE, 1, BASE);

        assertThat(once.all()).matches("[0-9a-f]{16}");
        assertThat(once.parts()).containsOnlyKeys("generation", "critic", "values", "policy");
        assertThat(MachineDigest.of(InstructionSet.PORTABLE, 1, BASE)).isEqualTo(once);
    }

    @Test
    void withTwoThreadsResponsesAreStillTheSame() {
        assertThat(MachineDigest.of(InstructionSet.PORTABLE, 2, BASE).parts())
                .containsEntry(
                        "generation",
                        MachineDigest.of(InstructionSet.PORTABLE, 1, BASE)
                                .parts()
                                .get("generation"));
    }
}
