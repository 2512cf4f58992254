package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a judge that depends on somebody else, such as an endpoint that is down, overloaded or refuses the
 * key. It says nothing about the response, so the response is held and the judge asked again later.
 */
public final class JudgeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String judge;
    private final String version;

    /**
     * An exception for a judge that cannot be asked at present.
     *
     * @param reason in words for an operator: what was tried, what came back
     */
    public JudgeUnavailableException(Judge judge, String reason, @Nullable Throwable cause) {
        super("judge '" + judge.name() + "' is unavailable: " + reason, cause);
        this.judge = judge.name();
        this.version = judge.version();
    }

    /** The name of the judge that cannot be asked. */
    public String judge() {
        return judge;
    }

    /** The version of the judge that cannot be asked. */
    public String version() {
        return version;
    }
}
