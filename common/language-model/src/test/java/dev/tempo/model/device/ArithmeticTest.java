package dev.tempo.model.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

    @AfterEach
    void forget() {
        System.clearProperty(MachineSettings.NUMERICS);
    }

    @Test
    void withoutASettingAProcessComputesWithItsProcessorsOwnInstructions() {
        assertThat(Arithmetic.current()).isEqualTo(Arithmetic.NATIVE);
        assertThat(Arithmetic.NATIVE.environment()).isEqualTo(System.getenv());
    }

    @Test
    void theSettingChoosesAndReachesProcessesThatThisOneStarts() {
        System.setProperty(MachineSettings.NUMERICS, "Portable");
        assertThat(Arithmetic.current()).isEqualTo(Arithmetic.PORTABLE);
        assertThat(MachineSettings.jvmOptions()).containsExactly("-Dtempo.numerics=Portable");
        assertThat(Arithmetic.PORTABLE.environment())
                .containsEntry("MKL_CBWR", "COMPATIBLE")
                .containsEntry("ATEN_CPU_CAPABILITY", "avx2");
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        System.setProperty(MachineSettings.NUMERICS, "exact");
        assertThatThrownBy(Arithmetic::current)
                .isInstanceOf(DeviceException.class)
                .hasMessage("tempo.numerics is 'exact', but must be native or portable");
    }

    @Test
    void aProcessorWithoutAvx2CannotComputePortably() {
        Processor old = new Processor(Map.of("model name", "Old", "flags", "fpu sse4_2 avx"));
        assertThatThrownBy(() -> Arithmetic.PORTABLE.requireInstructions(old))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("Old, has no AVX2");
        assertThatCode(() -> Arithmetic.NATIVE.requireInstructions(old)).doesNotThrowAnyException();
        assertThatCode(() -> Arithmetic.PORTABLE.requireInstructions(new Processor(Map.of("flags", "avx avx2"))))
                .doesNotThrowAnyException();
    }
}
