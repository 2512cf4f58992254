package dev.tempo.plugin.jar;

import dev.tempo.plugin.PlugIn;
import dev.tempo.plugin.QuestionFilter;
import dev.tempo.plugin.TextEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A kind of plug-in: judges, environments or filters.
 *
 * @param type the interface that its classes implement and its service file is named after
 * @param word what it is called in messages, such as "judge"
 * @param gives what its version stands for, such as "verdicts"
 * @param reserved a name that no plug-in of this kind may have; null where all names are free
 */
public record PlugInKind<P extends PlugIn>(
        Class<P> type, String word, String gives, @Nullable String reserved) {
    /** Environments that write text into a response. */
    public static final PlugInKind<TextEnvironment> ENVIRONMENT =
            new PlugInKind<>(TextEnvironment.class, "environment", "texts", null);

    /** Filters of questions that arrive. */
    public static final PlugInKind<QuestionFilter> FILTER =
            new PlugInKind<>(QuestionFilter.class, "filter", "decisions", null);
}
