package dev.tempo.eval;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.messaging.service.Stopwatch;
import java.time.Instant;
import java.util.List;

/** A version's measurement that goes on: what has come, what is owed of what was asked, and since when. Not thread-safe. */
record OpenMeasurement(EvaluationRound round, OwedSamples owed, Stopwatch sinceAsked) {
    OpenMeasurement(EvaluationRound round) {
        this(round, new OwedSamples(), Stopwatch.start());
    }

    /** Notes which samples of a question are owed from now on: those that are not here from before. */
    void ask(String question, Instant now) {
        PolicyVersion version = round.version();
        Evaluation evaluation = round.evaluation();
        String set = Benchmarks.setOf(question);
        int samples = evaluation.samples(set);
        boolean valued = set.equals(evaluation.criticQualityOn());
        owed.open(version.run(), version.version(), List.of(question), samples, valued, now);
        RequestId request = new RequestId(version.run(), version.version(), Purpose.EVALUATION, 0, question);
        for (int sample = 0; sample < samples; sample++) {
            TrajectoryId id = request.sample(sample);
            if (round.hasVerdict(id)) {
                owed.judged(id);
            }
            if (round.hasValues(id)) {
                owed.valued(id);
            }
        }
    }
}
