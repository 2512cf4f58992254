package dev.tempo.serving.version;

/** A name that means no version, or none any more. */
public final class NoSuchVersionException extends RuntimeException {
    NoSuchVersionException(String model) {
        super("The model '" + model + "' does not exist; GET /v1/models lists those that do.");
    }
}
