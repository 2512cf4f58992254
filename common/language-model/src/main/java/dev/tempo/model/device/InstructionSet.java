package dev.tempo.model.device;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A choice of the instructions that a process computes with on processors, and with it of the bits that come out. Read from
 * {@link MachineSettings#NUMERICS} when the engine starts.
 */
public enum InstructionSet {
    /** The fastest instructions of this machine's processor. */
    NATIVE(Map.of()),
    /**
     * The same instructions on every processor that has AVX2: libtorch's own functions with AVX2, products and exponentials by
     * the code that MKL has for all processors alike.
     */
    PORTABLE(Map.of("ATEN_CPU_CAPABILITY", "avx2", "MKL_CBWR", "COMPATIBLE"));

    private static final String NEEDED = "avx2";

    private final Map<String, String> variables;

    InstructionSet(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * The choice for this process.
     *
     * @throws DeviceException if the setting is no choice
     */
    public static InstructionSet current() {
        String name = MachineSettings.of(MachineSettings.NUMERICS, NATIVE.inWords());
        for (InstructionSet choice : values()) {
            if (choice.inWords().equals(name.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new DeviceException(MachineSettings.NUMERICS + " is '" + name + "', but must be " + NATIVE.inWords()
                + " or " + PORTABLE.inWords());
    }

    /** The word by which settings name it. */
    public String inWords() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment of this process as libtorch finds it once the engine has started. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(variables);
        return environment;
    }

    /**
     * Sets what libtorch reads from its environment at its first computation. Java cannot change the environment of its own
     * process, and processes that start this one cannot know what a user asks it for.
     *
     * @throws DeviceException if the processor lacks the instructions, or the environment cannot be changed
     */
    void prepare() {
        requireInstructions(Processor.here());
        variables.forEach((name, value) -> {
            if (!value.equals(System.getenv(name))) {
                set(name, value);
            }
        });
    }

    /** Refuses a processor without the instructions, on which libtorch would be killed by the first of them. */
    void requireInstructions(Processor processor) {
        String flags = processor.fields().getOrDefault("flags", NEEDED);
        if (!variables.isEmpty() && !List.of(flags.split(" ")).contains(NEEDED)) {
            throw new DeviceException(MachineSettings.NUMERICS + " is " + inWords() + ", but this processor, "
                    + processor.words() + ", has no AVX2; leave it out and compute with " + NATIVE.inWords() + " bits");
        }
    }

    private static void set(String name, String value) {
        try {
            Function setenv = NativeLibrary.getProcess().getFunction("setenv");
            if (setenv.invokeInt(new Object[] {name, value, 1}) != 0) {
                throw new DeviceException(name + " cannot be set; set it to " + value + " in the environment");
            }
        } catch (LinkageError unusable) {
            throw new DeviceException(
                    name + " cannot be set from within (" + unusable.getMessage() + "); set it to " + value
                            + " in the environment",
                    unusable);
        }
    }
}
