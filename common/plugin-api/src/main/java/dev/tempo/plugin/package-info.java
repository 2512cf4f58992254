/**
 * Interfaces and values that the author of a judge or of an environment depends on, with nothing behind them but the
 * JDK and JSpecify.
 *
 * <p>{@link dev.tempo.plugin.Judge} gives a {@link dev.tempo.plugin.Verdict}, {@link dev.tempo.plugin.TextEnvironment}
 * a text. Both are found by {@link java.util.ServiceLoader} in jars: see docs/judges.md and docs/environments.md.
 */
@NullMarked
package dev.tempo.plugin;

import org.jspecify.annotations.NullMarked;
