package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A judge that asks somebody else gets no verdict just now: the endpoint is down, overloaded or refuses the key. It says
 * nothing about the response, so the response is held and the judge asked again later.
 */
public final class JudgeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String judge;
    private final String version;

    /**
     * That a judge cannot be reached.
     *
     * @param reason in words for an operator: what was tried, what came back
     */
    public JudgeUnavailableException(Judge judge, String reason, @Nullable Throwable cause) {
        super("judge '" + judge.name() + "' is unavailable: " + reason, cause);
        this.judge = judge.name();
        this.version = judge.version();
    }

    public String judge() {
        return judge;
    }

    public String version() {
        return version;
    }
}
