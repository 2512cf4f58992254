package dev.tempo.model.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstructionSetTest {

    @AfterEach
    void forget() {
        System.clearProperty(MachineSettings.NUMERICS);
    }

    @Test
    void withoutASettingAProcessComputesWithItsProcessorsOwnInstructions() {
        assertThat(InstructionSet.current()).isEqualTo(InstructionSet.NATIVE);
        assertThat(InstructionSet.NATIVE.environment()).isEqualTo(System.getenv());
    }

    @Test
    void theSettingChoosesAndReachesProcessesThatThisOneStarts() {
        System.setProperty(MachineSettings.NUMERICS, "Portable");
        assertThat(InstructionSet.current()).isEqualTo(InstructionSet.PORTABLE);
        assertThat(MachineSettings.jvmOptions()).containsExactly("-Dtempo.numerics=Portable");
        assertThat(InstructionSet.PORTABLE.environment())
                .containsEntry("MKL_CBWR", "COMPATIBLE")
                .containsEntry("ATEN_CPU_CAPABILITY", "avx2");
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        System.setProperty(MachineSettings.NUMERICS, "exact");
        assertThatThrownBy(InstructionSet::current)
                .isInstanceOf(DeviceException.class)
                .hasMessage("tempo.numerics is 'exact', but must be native or portable");
    }

    @Test
    void aProcessorWithoutAvx2CannotComputePortably() {
        Processor old = new Processor(Map.of("model name", "Old", "flags", "fpu sse4_2 avx"));
        assertThatThrownBy(() -> InstructionSet.PORTABLE.requireInstructions(old))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("Old, has no AVX2");
        assertThatCode(() -> InstructionSet.NATIVE.requireInstructions(old)).doesNotThrowAnyException();
        assertThatCode(() -> InstructionSet.PORTABLE.requireInstructions(new Processor(Map.of("flags", "avx avx2"))))
                .doesNotThrowAnyException();
    }
}
