package dev.tempo.runs;

import dev.tempo.contract.Check;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.recipe.Recipe;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question of a served chat that two versions are asked once more, beside the chat, and one of these two. The request's round is not
 * the version but the critic version that values both responses, or they could not be compared.
 *
 * @param version that is asked
 * @param arrived the id of the question as it arrived
 */
public record ShadowQuestion(int version, String arrived) {
    private static final Pattern ID = Pattern.compile(Recipe.SHADOW_SET + "/v(\\d{1,9})/(.+)");

    public ShadowQuestion {
        Check.notNegative("version", version);
        Check.name("arrived", arrived);
    }

    /** The id of the question in requests and trajectories, {@code shadow/vVERSION/ID}. */
    public String id() {
        return Recipe.SHADOW_SET + "/v" + version + "/" + arrived;
    }

    /** The question of an id in requests and trajectories; empty where it is that of another kind. */
    public static Optional<ShadowQuestion> of(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches() && Check.NAME.matcher(parts.group(2)).matches()
                ? Optional.of(new ShadowQuestion(Integer.parseInt(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    /** Whether a run of this recipe can ask that as shadow traffic. */
    public static boolean isAsked(Recipe recipe, RequestId request) {
        return request.purpose() == Purpose.EVALUATION
                && recipe.shadows()
                && of(request.question()).isPresent();
    }
}
