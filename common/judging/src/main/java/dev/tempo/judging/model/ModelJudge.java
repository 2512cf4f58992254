package dev.tempo.judging.model;

import dev.tempo.plugin.Judge;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A judge that asks a language model whether an answer is equivalent to the reference. A response is refused by the
 * {@link Gate}, known from before, or decided by two votes on opposite claims that agree. Otherwise the verdict is
 * UNDECIDED with what the model said; a model that cannot be asked is a {@link JudgeUnavailableException}.
 */
public final class ModelJudge implements Judge, AutoCloseable {

    private final String name;
    private final ModelSettings settings;
    private final ModelMeter meter;
    private final ModelEndpoint endpoint;
    private final ModelVoter voter;
    private final VerdictCache cache;
    private final Canaries canaries;

    /**
     * A judge that is ready at once; nothing is sent before it is asked.
     *
     * @param environment the value of an environment variable by its name, null where it is not set
     * @throws IllegalArgumentException if the variable that should hold the key is not set
     */
    public ModelJudge(
            String name,
            ModelSettings settings,
            UnaryOperator<@Nullable String> environment,
            MeterRegistry meters,
            InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.meter = new ModelMeter(meters, name, settings);
        this.endpoint = new ModelEndpoint(name, settings, new HttpCall(settings, key(environment), clock), meter);
        this.voter = new ModelVoter(new Prompt(settings), endpoint, meter);
        this.canaries = new Canaries(settings.canaryShare(), settings.canaryMinimum());
        this.cache = new VerdictCache(settings.cacheDirectory().resolve(name + ".jsonl"), settings.cachedVerdicts());
        meter.watch(canaries);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return settings.model() + "/" + Claim.VERSION;
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        String answer = StatedAnswer.of(response);
        String refusal = Gate.refusal(question, reference, response, ended);
        if (refusal != null) {
            meter.gated();
            return decided(false, "gate", answer.isBlank() ? null : answer, refusal);
        }
        if (reference.isBlank()) {
            return undecided("gate", "the reference is empty");
        }
        CandidateTexts candidate = CandidateTexts.of(question, reference, answer, settings.maxAnswerCharacters());
        String hash = candidate.hash(name, version());
        VerdictCache.Entry known = cache.find(hash);
        if (known != null) {
            meter.foundInCache();
            return verdict(known.right(), candidate, "cache", "both votes agreed before", known.raw());
        }
        try {
            return asked(candidate, hash);
        } catch (CallFailedException failure) {
            throw new JudgeUnavailableException(this, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** The state of canaries, circuit and cache, in words for people. */
    String state() {
        String trouble = cache.trouble();
        return canaries.state() + "; circuit " + endpoint.state() + (trouble == null ? "" : "; " + trouble);
    }

    /** Whether the verdicts of this judge count at present. */
    boolean isTrusted() {
        return !canaries.isOpen() && !endpoint.isOpen();
    }

    @Override
    public void close() {
        cache.close();
    }

    @Override
    public String toString() {
        return name + " (" + version() + " at " + settings.baseUrl() + ")";
    }

    private Verdict asked(CandidateTexts candidate, String hash) {
        CandidateTexts canary = canaries.accompanying(hash);
        if (canary != null) {
            JudgeVote vote = voter.vote(canary);
            if (vote.right() != null || JudgeVote.DISAGREEMENT.equals(vote.flaw())) {
                canaries.judged(vote);
                meter.canary(vote.isRight() ? "false-positive" : "passed");
            }
            if (canaries.isOpen()) {
                meter.undecided("canaries");
                return verdict(null, candidate, "canary", "the model " + canaries.state(), vote.raw());
            }
        }
        JudgeVote vote = voter.vote(candidate);
        Boolean right = vote.right();
        if (right != null) {
            cache.keep(new VerdictCache.Entry(hash, right, vote.raw()));
            return verdict(right, candidate, Verdict.VOTE, "both votes agree", vote.raw());
        }
        String flaw = String.valueOf(vote.flaw());
        meter.undecided(flaw);
        return verdict(null, candidate, Verdict.VOTE, explained(flaw), vote.raw());
    }

    private static String explained(String flaw) {
        return switch (flaw) {
            case JudgeVote.DISAGREEMENT -> "the two votes disagree";
            case JudgeVote.MALFORMED -> "the model's reply is not exactly one verdict, not even when asked once more";
            default -> "the endpoint does not take this request";
        };
    }

    private Verdict verdict(
            @Nullable Boolean right, CandidateTexts candidate, String stage, String reason, String raw) {
        Outcome outcome = right == null ? Outcome.UNDECIDED : right ? Outcome.CORRECT : Outcome.WRONG;
        Double reward = right == null ? null : Double.valueOf(right ? 1 : 0);
        return new Verdict(outcome, reward, candidate.answer(), null, name, version(), stage, reason, raw, 0.0);
    }

    private @Nullable String key(UnaryOperator<@Nullable String> environment) {
        String variable = settings.apiKeyEnv();
        if (variable == null) {
            return null;
        }
        String key = environment.apply(variable);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("judge '" + name + "' takes its key from the environment variable "
                    + variable + ", which is not set");
        }
        return key.strip();
    }
}
