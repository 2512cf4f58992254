package dev.tempo.plugin.jar;

import java.nio.file.Path;

/** The failure of a jar that gives no plug-ins; the message names the jar, says what is wrong and what to do. */
final class UnusableJarException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableJarException(Path jar, String problem, String remedy) {
        super(jar + ": " + problem + "; " + remedy + ", or take the jar away");
    }
}
