package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.standalone.quickstart.RoundsDigest;
import dev.tempo.standalone.quickstart.TenRounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A digest of ten rounds as this machine computes them: machines with the same one compute the same bits.
 *
 * @param all 16 hexadecimal digits
 * @param parts of the first round, the digest of each part of it by its name, in the order in which they are computed
 */
public record MachineDigest(String all, Map<String, String> parts) {

    /**
     * The digest by this machine's processor, in a process of its own, since a process computes by the instructions that it
     * began with.
     *
     * @param threads of the tensor engine
     * @param base directory of the quickstart's base model of seed 0
     * @throws UserException if this machine cannot compute so
     */
    public static MachineDigest of(InstructionSet instructions, int threads, Path base) {
        List<String> command = ChildProcess.java(
                List.of(
                        "-Xmx256m",
                        property(MachineSettings.DEVICE, "cpu"),
                        property(MachineSettings.INFERENCE, "float32"),
                        property(MachineSettings.NUMERICS, instructions.inWords()),
                        property(MachineSettings.THREADS, String.valueOf(threads))),
                System.getProperty("java.class.path"),
                TenRounds.class.getName(),
                List.of(base.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("OPT_OUT_TRACKING", "true", "OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "passive"));
        Map<String, String> digests = new LinkedHashMap<>();
        StringBuilder said = new StringBuilder();
        try {
            Process rounds = builder.start();
            try (BufferedReader lines = rounds.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals(RoundsDigest.LINE)) {
                        digests.put(words[1], words[2]);
                    } else {
                        said.append(line).append('\n');
                    }
                }
            } finally {
                rounds.destroy();
            }
        } catch (IOException unstartable) {
            throw new UserException("ten rounds cannot be started: " + unstartable.getMessage());
        }
        String all = digests.remove(RoundsDigest.ALL);
        if (all == null) {
            throw new UserException("ten rounds cannot be computed with " + instructions.inWords() + " numerics: "
                    + said.toString().strip());
        }
        return new MachineDigest(all, digests);
    }

    private static String property(String name, String value) {
        return "-D" + name + "=" + value;
    }
}
