package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.MachineSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationLanesTest {
    @TempDir
    private Path directory;

    @AfterEach
    void asMany() {
        System.clearProperty(MachineSettings.LANES);
    }

    @Test
    void responsesAndMeasurementsHaveTheSameBitsWithAnyNumberOfLanes() {
        Path model = TinyModel.policy(directory, 3);
        List<GenerationTask> tasks = IntStream.range(0, 200)
                .mapToObj(i ->
                        new GenerationTask(TinyModel.ids(i / 4, 3 + i / 4 % 5), i, new SamplingSettings(1, 12), null))
                .toList();
        List<Sequence> sequences = IntStream.range(0, 200)
                .mapToObj(i -> Sequence.of(TinyModel.ids(i, 4), TinyModel.ids(i + 1, 1 + i % 50)))
                .toList();

        System.setProperty(MachineSettings.LANES, "1");
        List<GeneratedResponse> alone = generated(model, tasks);
        List<float[]> measuredAlone = measured(model, sequences);
        for (String lanes : List.of("2", "5")) {
            System.setProperty(MachineSettings.LANES, lanes);
            assertThat(generated(model, tasks)).isEqualTo(alone);
            assertThat(measured(model, sequences))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(measuredAlone);
        }
    }

    @Test
    void aNumberOfLanesThatIsNoneIsRefused() {
        Path model = TinyModel.policy(directory, 3);
        System.setProperty(MachineSettings.LANES, "many");

        assertThatThrownBy(() -> Policy.load(model))
                .isInstanceOf(DeviceException.class)
                .hasMessage("tempo.lanes is 'many', but must be a number from 1 to 999");
    }

    private static List<GeneratedResponse> generated(Path model, List<GenerationTask> tasks) {
        try (Policy policy = Policy.load(model)) {
            return policy.generate(tasks);
        }
    }

    private static List<float[]> measured(Path model, List<Sequence> sequences) {
        try (Policy policy = Policy.load(model)) {
            return policy.logProbs(sequences);
        }
    }

    @Test
    void manyTasksAreSharedAmongLanesByWhatEachHasToDo() {
        assertThat(GenerationLanes.shares(256, new int[] {0, 0})).containsExactly(128, 128);
        assertThat(GenerationLanes.shares(256, new int[] {0, 128})).containsExactly(192, 64);
        assertThat(GenerationLanes.shares(100, new int[] {0, 0, 0})).containsExactly(36, 32, 32);
        assertThat(GenerationLanes.shares(0, new int[] {3, 0})).containsExactly(0, 0);
    }

    @Test
    void aFewTasksStayTogether() {
        assertThat(GenerationLanes.shares(GenerationLanes.FEWEST, new int[] {0, 0}))
                .containsExactly(GenerationLanes.FEWEST, 0);
        assertThat(GenerationLanes.shares(1, new int[] {5, 2, 7})).containsExactly(0, 1, 0);
    }
}
