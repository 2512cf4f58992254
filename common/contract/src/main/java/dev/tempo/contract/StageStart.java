package dev.tempo.contract;

/**
 * The start of a run whose first stages were computed before by a run with the same fingerprint: it begins at the
 * version that follows them.
 *
 * @param version the first version of the next stage
 * @param origin the run that computed them
 */
public record StageStart(int version, ModelReference policy, ModelReference critic, String origin, String fingerprint) {
    public StageStart {
        Check.positive("version", version);
    }
}
