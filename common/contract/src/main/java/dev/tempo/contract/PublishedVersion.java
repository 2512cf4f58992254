package dev.tempo.contract;

import org.jspecify.annotations.Nullable;

/** The publication of a version of policy or critic by the trainer that had the run then. */
public sealed interface PublishedVersion permits PolicyVersion, CriticVersion {

    String run();

    int version();

    /**
     * The token of the trainer that published it, which is greater than those of all that had the run before; null in
     * publications of trainers that had none.
     */
    @Nullable
    Long token();
}
