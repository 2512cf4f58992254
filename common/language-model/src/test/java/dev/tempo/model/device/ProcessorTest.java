package dev.tempo.model.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    @Test
    void itIsNamedByFamilyModelAndWidestVectors() {
        Processor wide = new Processor(Map.of(
                "model name", "AMD EPYC", "cpu family", "25", "model", "17", "flags", "fpu avx2 avx512f avx512dq"));
        Processor narrow = new Processor(
                Map.of("model name", "Some CPU", "cpu family", "6", "model", "60", "flags", "fpu avx avx2"));

        assertThat(wide.words()).isEqualTo("AMD EPYC (family 25, model 17, AVX-512)");
        assertThat(narrow.words()).isEqualTo("Some CPU (family 6, model 60, AVX2)");
    }

    @Test
    void whereNothingIsKnownItIsNamedByItsArchitecture() {
        assertThat(new Processor(Map.of()).words()).isEqualTo(System.getProperty("os.arch"));
    }
}
