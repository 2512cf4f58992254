package dev.tempo.model.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

    @AfterEach
    void forget() {
        MachineSettings.NAMES.forEach(System::clearProperty);
    }

    @Test
    void withALibraryForProcessorsTheDeviceIsTheProcessor() {
        assertThat(ComputeDevice.find("auto"))
                .isEqualTo(ComputeDevice.find("CPU"))
                .hasToString("cpu");
        assertThat(ComputeDevice.current().inferenceType()).isEqualTo(WeightType.FLOAT32);
        assertThat(ComputeDevice.current().memory()).isEmpty();
        assertThat(NativeLibrary.describe()).contains("computes on cpu (float32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda:1"})
    void withoutCudaAGpuIsRefusedWithWhatToDo(String name) {
        assertThatThrownBy(() -> ComputeDevice.find(name))
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith("tempo.device is " + name + ", but libtorch 2.7.1")
                .hasMessageContaining("finds no CUDA device")
                .hasMessageContaining("docs/deployment.md")
                .hasMessageContaining("tempo.device=cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda0", "cuda:", "cuda:-1", "mps"})
    void whatIsNoDeviceIsRefused(String name) {
        assertThatThrownBy(() -> ComputeDevice.find(name))
                .hasMessage("tempo.device is '" + name + "', but must be auto, cpu, cuda or cuda:N");
    }

    @Test
    void aGpuGeneratesInBfloat16AndAProcessorDoesIfTold() {
        ComputeDevice gpu = new ComputeDevice(true, 1);
        assertThat(gpu).hasToString("cuda:1");
        assertThat(gpu.inferenceType()).isEqualTo(WeightType.BFLOAT16);
        MachineSettings.takeFrom(Map.of(MachineSettings.INFERENCE, "bfloat16")::get);
        assertThat(ComputeDevice.current().inferenceType()).isEqualTo(WeightType.BFLOAT16);
        MachineSettings.takeFrom(Map.of(MachineSettings.INFERENCE, "float32")::get);
        assertThat(gpu.inferenceType()).as("what is set first stays").isEqualTo(WeightType.BFLOAT16);
        System.setProperty(MachineSettings.INFERENCE, "float8");
        assertThatThrownBy(gpu::inferenceType)
                .hasMessage("tempo.inference is 'float8', but must be auto, float32 or bfloat16");
    }

    @Test
    void aGpusMemoryCanBeSaidAndAQuarterOfItIsForKeysAndValues() {
        ComputeDevice gpu = new ComputeDevice(true, 0);
        assertThat(gpu.memory()).as("there is no CUDA runtime to ask").isEmpty();
        assertThat(GenerationLimits.cacheBytes(gpu)).isEqualTo(512L << 20);
        System.setProperty(MachineSettings.DEVICE_MEMORY, "80GB");
        assertThat(gpu.memory()).hasValue(80L << 30);
        assertThat(GenerationLimits.cacheBytes(gpu)).isEqualTo(20L << 30);
        assertThat(GenerationLimits.cacheBytes(ComputeDevice.current())).isEqualTo(512L << 20);
        assertThat(MachineSettings.jvmOptions()).containsExactly("-Dtempo.device-memory=80GB");
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "24GB, 25769803776", "141 GiB, 151397597184", "1t, 1099511627776"})
    void sizes(String text, long bytes) {
        assertThat(ComputeDevice.bytes(text)).isEqualTo(bytes);
    }

    @Test
    void whatIsNoSizeIsRefused() {
        assertThatThrownBy(() -> ComputeDevice.bytes("much"))
                .hasMessage("tempo.device-memory is 'much', but must be like 80GB");
    }
}
