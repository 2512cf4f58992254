package dev.tempo.serving.version;

/** A version that cannot be loaded; its cause says why. It is tried again after a while. */
public final class UnusableVersionException extends RuntimeException {
    UnusableVersionException(String version, Throwable cause) {
        super("The version '" + version + "' cannot be loaded now; the server's log says why.", cause);
    }
}
