package dev.tempo.standalone.status;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunOutcome;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.eval.report.RunJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the topics tell of it.
 *
 * @param end null while it has not ended
 * @param journal all that it has published
 * @param versioned when its newest policy version was written, by the clock of who wrote it; the epoch for none
 */
public record LoggedRun(Run run, @Nullable RunEnd end, RunJournal journal, Instant versioned) {
    /** More than the clocks of a system's machines differ where a time service keeps them. */
    private static final Duration CLOCKS = Duration.ofSeconds(20);

    /** The state of a run, from its announcement to its end. */
    public enum Standing {
        /** Nothing of it is published yet. */
        SUBMITTED,
        RUNNING,
        PAUSED,
        CANCELLED,
        FINISHED;

        /** The word for people and programs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether nothing goes on with it. */
        public boolean isOver() {
            return this == CANCELLED || this == FINISHED;
        }
    }

    public Standing standing() {
        if (end != null) {
            return end.outcome() == RunOutcome.FINISHED ? Standing.FINISHED : Standing.CANCELLED;
        }
        return switch (run.state()) {
            case PAUSED -> Standing.PAUSED;
            case CANCELLED, REMOVED -> Standing.CANCELLED;
            case FINISHED -> Standing.FINISHED;
            case ACTIVE -> journal.latestPolicy().isEmpty() ? Standing.SUBMITTED : Standing.RUNNING;
        };
    }

    /** The newest policy version. */
    public int version() {
        return journal.latestPolicy().map(version -> version.version()).orElse(run.firstVersion());
    }

    /** A time before which nothing of its present round was written. */
    Instant roundBegan() {
        return versioned.equals(Instant.EPOCH) ? versioned : versioned.minus(CLOCKS);
    }

    /** The newest version that a service has published or measured; null where it has none, or makes none. */
    @Nullable
    Integer versionOf(String service) {
        if (service.equals(Topics.POLICY_VERSIONS.writer())) {
            return journal.latestPolicy().map(policy -> policy.version()).orElse(null);
        }
        if (service.equals(Topics.CRITIC_VERSIONS.writer())) {
            return journal.latestCritic().map(critic -> critic.version()).orElse(null);
        }
        return service.equals(Topics.EVALUATION_REPORTS.writer())
                ? measured().stream().max(Integer::compare).orElse(null)
                : null;
    }

    /** Its name as people meet it. */
    public VersionName versionName() {
        return VersionName.of(run.recipe(), version());
    }

    /** The stage that the next round belongs to. */
    public String stage() {
        return run.recipe().stageNameOf(version());
    }

    /** The versions that are measured. */
    public List<Integer> measured() {
        return journal.reports().stream().map(report -> report.version()).toList();
    }
}
