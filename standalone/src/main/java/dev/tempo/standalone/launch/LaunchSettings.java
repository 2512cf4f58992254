package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.InstructionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a run was launched with beside its recipe. Other threads, another device, type or numerics give other bits,
 * so that a run goes on with what it began with.
 *
 * @param format of the run's records on the topics, {@value #FORMAT} today; null in runs from before it was noted
 * @param threads of each service's tensor engine
 * @param device as {@link ComputeDevice} names it
 * @param inference type in which models are loaded to generate and to value
 * @param numerics as {@link InstructionSet} names them; null for native
 * @param judgeConfiguration absolute path of the properties that judge-service was given; null for none
 * @param mlflow address of the MLflow server that the run is sent to; null for none
 */
public record LaunchSettings(
        @Nullable Integer format,
        int threads,
        String device,
        String inference,
        @Nullable String numerics,
        @Nullable String judgeConfiguration,
        @Nullable String mlflow) {

    /** Rises when records that a run has written are no longer read as they were meant. */
    static final int FORMAT = 2;

    /** The settings of a run with native numerics, whose records are of today's format. */
    public LaunchSettings(int threads, String device, String inference, @Nullable String judgeConfiguration) {
        this(FORMAT, threads, device, inference, null, judgeConfiguration, null);
    }

    /** The settings of this process. */
    public static LaunchSettings of(int threads, ComputeDevice device, @Nullable String judgeConfiguration) {
        InstructionSet numerics = InstructionSet.current();
        return new LaunchSettings(
                FORMAT,
                threads,
                device.toString(),
                device.inferenceType().inConfig(),
                numerics == InstructionSet.NATIVE ? null : numerics.inWords(),
                judgeConfiguration,
                null);
    }

    /** These settings for a run that is sent to an MLflow server. */
    LaunchSettings sentTo(String address) {
        return new LaunchSettings(format, threads, device, inference, numerics, judgeConfiguration, address);
    }

    /** Whether this version reads the run's records. */
    boolean isOfThisFormat() {
        return format != null && format == FORMAT;
    }

    /**
     * Refuses a run whose records on the topics were written by a version that this one does not understand.
     *
     * @throws UserException saying what to do instead
     */
    void refuseOtherFormat(String run, Path recipe) {
        if (!isOfThisFormat()) {
            boolean newer = format != null && format > FORMAT;
            throw new UserException("run " + run + " was begun by " + (newer ? "a later" : "an earlier")
                    + " version of tempo, and what it wrote on its topics cannot be read by this one; go on with it in"
                    + " that version, or compute it anew by ./tempo run " + recipe);
        }
    }

    private static String inWords(@Nullable String numerics) {
        return numerics == null ? InstructionSet.NATIVE.inWords() : numerics;
    }

    /**
     * Whether a run that began with these gives the same bits with others.
     *
     * @throws UserException naming what differs and what to do
     */
    void refuseOther(String run, LaunchSettings now) {
        List<String> differences = new ArrayList<>();
        if (threads != now.threads) {
            differences.add("--threads " + threads + " (now " + now.threads + ")");
        }
        if (!device.equals(now.device)) {
            differences.add("--device " + device + " (now " + now.device + ")");
        }
        if (!inference.equals(now.inference)) {
            differences.add("tempo.inference=" + inference + " (now " + now.inference + ")");
        }
        if (!Objects.equals(numerics, now.numerics)) {
            differences.add("--numerics " + inWords(numerics) + " (now " + inWords(now.numerics) + ")");
        }
        if (!differences.isEmpty()) {
            throw new UserException("run " + run + " began with " + String.join(" and ", differences)
                    + "; anything else would give other bits, so resume it with that");
        }
    }
}
