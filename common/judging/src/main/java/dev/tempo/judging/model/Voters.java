package dev.tempo.judging.model;

import dev.tempo.judging.model.CallFailedException.Kind;

/** Has one model vote twice on an answer, each vote with a second chance to be readable. Thread-safe. */
final class Voters {
    private static final int SEED = 0;

    private final Prompt prompt;
    private final Endpoint endpoint;
    private final ModelMeter meter;

    Voters(Prompt prompt, Endpoint endpoint, ModelMeter meter) {
        this.prompt = prompt;
        this.endpoint = endpoint;
        this.meter = meter;
    }

    /**
     * Asks under both framings.
     *
     * @throws CallFailedException when the endpoint cannot be asked just now
     */
    Ballot vote(Candidate candidate) {
        Ballot first = vote(candidate, Framing.EQUIVALENT);
        if (first.right() == null) {
            return first;
        }
        Ballot second = vote(candidate, Framing.DIFFERENT);
        String raw = first.raw() + "\n" + second.raw();
        if (second.right() == null) {
            return new Ballot(null, second.flaw(), raw);
        }
        boolean agree = first.isRight() == second.isRight();
        return new Ballot(agree ? first.right() : null, agree ? null : Ballot.DISAGREEMENT, raw);
    }

    private Ballot vote(Candidate candidate, Framing framing) {
        String about = framing.name().toLowerCase(java.util.Locale.ROOT) + ": ";
        try {
            Reply reply = endpoint.ask(prompt.body(candidate, framing, SEED));
            if (reply.claimHolds() == null) {
                meter.malformed();
                reply = endpoint.ask(prompt.body(candidate, framing, SEED + 1));
            }
            Boolean holds = reply.claimHolds();
            if (holds == null) {
                meter.malformed();
                return new Ballot(null, Ballot.MALFORMED, about + reply.raw());
            }
            return new Ballot(framing.saysRight(holds), null, about + reply.raw());
        } catch (CallFailedException failure) {
            if (failure.kind() == Kind.REFUSED) {
                return new Ballot(null, Ballot.REFUSED, about + failure.getMessage());
            }
            throw failure;
        }
    }
}
