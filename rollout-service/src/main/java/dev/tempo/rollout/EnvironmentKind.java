package dev.tempo.rollout;

import dev.tempo.contract.Check;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.plugin.TextEnvironment;
import dev.tempo.rollout.environment.Calculator;
import dev.tempo.rollout.environment.CheckedArithmetic;
import dev.tempo.rollout.environment.TokenizedEnvironment;
import java.util.function.Function;

/**
 * An environment that recipes can name in {@code generation.environment}. Each bean of this type is one.
 *
 * @param name as recipes write it
 * @param over makes the environment for a model's vocabulary; throws IllegalArgumentException, with the reason, where
 *     that vocabulary does not allow it
 */
public record EnvironmentKind(String name, Function<Tokenizer, Environment> over) {
    static final EnvironmentKind CALCULATOR =
            new EnvironmentKind("calculator", tokenizer -> new Calculator(tokenizer::id));

    static final EnvironmentKind CHECKED_ARITHMETIC = of(new CheckedArithmetic());

    public EnvironmentKind {
        Check.text("name", name);
    }

    /** An environment that reads and writes texts. */
    static EnvironmentKind of(TextEnvironment environment) {
        return new EnvironmentKind(
                environment.name(),
                tokenizer -> new TokenizedEnvironment(environment, tokenizer::encode, tokenizer::decode));
    }
}
