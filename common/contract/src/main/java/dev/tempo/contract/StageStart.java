package dev.tempo.contract;

/**
 * A stage result computed before by a run with the same fingerprint: the run begins at the version that follows it.
 *
 * @param version the first version of the next stage
 * @param origin the run that computed it
 */
public record StageStart(int version, ModelReference policy, ModelReference critic, String origin, String fingerprint) {
    public StageStart {
        Check.positive("version", version);
    }
}
