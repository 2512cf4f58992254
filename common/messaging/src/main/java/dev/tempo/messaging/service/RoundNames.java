package dev.tempo.messaging.service;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of rounds as people meet them: services count from 0 through all stages. */
public final class RoundNames {
    private static final Pattern ROUND = Pattern.compile("\\bround (\\d{1,6})\\b");

    private RoundNames() {}

    /** What a service says, with every round of the recipe called by stage and number. */
    public static String in(String words, Recipe recipe) {
        return ROUND.matcher(words).replaceAll(round -> {
            int made = Integer.parseInt(round.group(1)) + 1;
            return made > recipe.rounds()
                    ? round.group()
                    : Matcher.quoteReplacement(VersionName.of(recipe, made).words());
        });
    }
}
