package dev.tempo.serving.version;

/** A name that means no version yet; it may soon. */
public final class NotYetServedException extends RuntimeException {
    NotYetServedException(String model) {
        super("No version answers as '" + model + "' yet; send the request again.");
    }
}
