package dev.tempo.standalone.plan;

/**
 * The work of one part of a round.
 *
 * @param operations of matrix products and attention
 * @param bytes that it reads and writes: of memory where it decodes or descends, of files where it hands over
 * @param tokens that it generates
 * @param seconds that its devices take for it, all of them at work
 */
public record RoundPart(String name, Where where, double operations, double bytes, double tokens, double seconds) {

    /** The role that does the work. */
    public enum Where {
        ROLLOUT,
        CRITIC,
        POLICY
    }

    RoundPart times(double rounds) {
        return new RoundPart(name, where, operations * rounds, bytes * rounds, tokens * rounds, seconds * rounds);
    }
}
