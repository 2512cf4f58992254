package dev.tempo.judging.model;

import dev.tempo.judging.model.CallFailedException.Kind;

/** The two votes of one model on an answer, each asked for once more where its reply cannot be read. Thread-safe. */
final class ModelVoter {
    private static final int SEED = 0;

    private final Prompt prompt;
    private final ModelEndpoint endpoint;
    private final ModelMeter meter;

    ModelVoter(Prompt prompt, ModelEndpoint endpoint, ModelMeter meter) {
        this.prompt = prompt;
        this.endpoint = endpoint;
        this.meter = meter;
    }

    /**
     * The votes on both claims; the second claim is asked about only where the first vote counts.
     *
     * @throws CallFailedException when the endpoint cannot be asked just now
     */
    JudgeVote vote(CandidateTexts candidate) {
        JudgeVote first = vote(candidate, Claim.EQUIVALENT);
        if (first.right() == null) {
            return first;
        }
        JudgeVote second = vote(candidate, Claim.DIFFERENT);
        String raw = first.raw() + "\n" + second.raw();
        if (second.right() == null) {
            return new JudgeVote(null, second.flaw(), raw);
        }
        boolean agree = first.isRight() == second.isRight();
        return new JudgeVote(agree ? first.right() : null, agree ? null : JudgeVote.DISAGREEMENT, raw);
    }

    private JudgeVote vote(CandidateTexts candidate, Claim claim) {
        String about = claim.name().toLowerCase(java.util.Locale.ROOT) + ": ";
        try {
            Reply reply = endpoint.ask(prompt.body(candidate, claim, SEED));
            if (reply.claimHolds() == null) {
                meter.malformed();
                reply = endpoint.ask(prompt.body(candidate, claim, SEED + 1));
            }
            Boolean holds = reply.claimHolds();
            if (holds == null) {
                meter.malformed();
                return new JudgeVote(null, JudgeVote.MALFORMED, about + reply.raw());
            }
            return new JudgeVote(claim.saysRight(holds), null, about + reply.raw());
        } catch (CallFailedException failure) {
            if (failure.kind() == Kind.REFUSED) {
                return new JudgeVote(null, JudgeVote.REFUSED, about + failure.getMessage());
            }
            throw failure;
        }
    }
}
