package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how many threads tensors are computed with. */
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each service's tensor library; another number gives other bits (default: 1, or"
                    + " those of the run that is resumed).")
    private @Nullable Integer threads;

    /**
     * The number that was named; null where none was.
     *
     * @throws UserException if there are none
     */
    public @Nullable Integer named() {
        if (threads != null && threads < 1) {
            throw new UserException("--threads must be at least 1 but is " + threads);
        }
        return threads;
    }

    /**
     * The number for what begins now.
     *
     * @throws UserException if there are none
     */
    public int orOne() {
        Integer named = named();
        return named == null ? 1 : named;
    }
}
