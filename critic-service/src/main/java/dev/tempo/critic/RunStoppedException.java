package dev.tempo.critic;

/** Why a run's critic cannot go on, in words for its user; the run stays stopped until it is submitted again. */
public final class RunStoppedException extends RuntimeException {
    RunStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
