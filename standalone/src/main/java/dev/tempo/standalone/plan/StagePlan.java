package dev.tempo.standalone.plan;

import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a stage.
 *
 * @param parts of one round, on average over the stage's rounds: an E-step that is due every second round counts half
 * @param roundSeconds from one policy version to the next, on average
 * @param path what waits for what in a round, in words
 * @param judged responses of a round that judges see
 * @param warmUp the critic's warm-up before the stage's first round
 * @param warmUpSeconds that it takes
 */
public record StagePlan(
        String name,
        int rounds,
        List<RoundPart> parts,
        double roundSeconds,
        String path,
        double judged,
        List<RoundPart> warmUp,
        double warmUpSeconds) {

    static StagePlan of(Stage stage, WorkCosts costs, Devices devices) {
        return new Rounds(stage, costs, devices).plan();
    }

    /** The share of a round in which a role's devices compute or write. */
    public double busy(RoundPart.Where where) {
        return seconds(parts, where) / roundSeconds;
    }

    /** The seconds that workers have left in a round. */
    double idle() {
        return Math.max(0, roundSeconds - seconds(parts, RoundPart.Where.ROLLOUT));
    }

    double seconds() {
        return rounds * roundSeconds + warmUpSeconds;
    }

    private static double seconds(List<RoundPart> parts, RoundPart.Where where) {
        return parts.stream()
                .filter(part -> part.where() == where)
                .mapToDouble(RoundPart::seconds)
                .sum();
    }

    /** The rounds of a stage: those with an E-step, and those without. */
    private static final class Rounds {
        private final Stage stage;
        private final WorkCosts costs;
        private final Devices devices;

        Rounds(Stage stage, WorkCosts costs, Devices devices) {
            this.stage = stage;
            this.costs = costs;
            this.devices = devices;
        }

        StagePlan plan() {
            RecalibrationSettings recalibration = stage.recalibration();
            boolean verdict = stage.reward() == RewardSource.VERDICT;
            double due = verdict ? 1 : recalibration == null ? 0 : due(recalibration);
            Round with = round(true, recalibration);
            Round without = round(false, recalibration);
            List<RoundPart> parts = new ArrayList<>();
            with.parts().forEach(part -> add(parts, part, due));
            without.parts().forEach(part -> add(parts, part, 1 - due));
            List<RoundPart> warmUp = stage.criticWarmUp() == 0 ? List.of() : warmUp(recalibration);
            double labeled = seconds(warmUp, RoundPart.Where.ROLLOUT);
            double fitted = seconds(warmUp, RoundPart.Where.CRITIC);
            return new StagePlan(
                    stage.name(),
                    stage.rounds(),
                    parts,
                    due * with.seconds() + (1 - due) * without.seconds(),
                    (due > 0 ? with : without).path(),
                    due * labeledResponses(recalibration),
                    warmUp,
                    devices.isOne() ? labeled + fitted : Math.max(labeled, fitted));
        }

        private static void add(List<RoundPart> parts, RoundPart part, double share) {
            if (share == 0 || (part.operations() == 0 && part.bytes() == 0)) {
                return;
            }
            for (int at = 0; at < parts.size(); at++) {
                RoundPart there = parts.get(at);
                if (there.name().equals(part.name())) {
                    parts.set(at, plus(there, part.times(share)));
                    return;
                }
            }
            parts.add(part.times(share));
        }

        private static RoundPart plus(RoundPart one, RoundPart other) {
            return new RoundPart(
                    one.name(),
                    one.where(),
                    one.operations() + other.operations(),
                    one.bytes() + other.bytes(),
                    one.tokens() + other.tokens(),
                    one.seconds() + other.seconds());
        }

        private double due(RecalibrationSettings recalibration) {
            return (double) IntStream.range(0, stage.rounds())
                            .filter(recalibration::dueIn)
                            .count()
                    / stage.rounds();
        }

        private double labeledResponses(@Nullable RecalibrationSettings recalibration) {
            if (stage.reward() == RewardSource.VERDICT) {
                return (double) stage.questions() * stage.samples();
            }
            return recalibration == null ? 0 : (double) recalibration.questions() * recalibration.samples();
        }

        private List<RoundPart> warmUp(@Nullable RecalibrationSettings recalibration) {
            double responses = labeledResponses(recalibration);
            double samples = recalibration == null ? stage.samples() : recalibration.samples();
            return List.of(
                    costs.generation("generation for the warm-up", responses / samples, samples)
                            .times(stage.criticWarmUp()),
                    costs.measured("values before the warm-up's fits", RoundPart.Where.CRITIC, responses)
                            .times(stage.criticWarmUp()),
                    fit("fits of the warm-up", responses).times(stage.criticWarmUp()));
        }

        private RoundPart fit(String name, double responses) {
            return costs.training(
                    name,
                    RoundPart.Where.CRITIC,
                    responses,
                    0,
                    stage.critic().miniBatch(),
                    stage.critic().epochs());
        }

        private record Round(List<RoundPart> parts, double seconds, String path) {}

        private Round round(boolean due, @Nullable RecalibrationSettings recalibration) {
            boolean verdict = stage.reward() == RewardSource.VERDICT;
            boolean learns = due && (verdict || recalibration != null);
            double labeled = learns ? labeledResponses(recalibration) : 0;
            double labeledSamples = verdict || recalibration == null ? stage.samples() : recalibration.samples();
            double own = verdict ? 0 : (double) stage.questions() * stage.samples();
            double trained = verdict ? labeled : own + (stage.policy().labeledRows() ? labeled : 0);
            PolicyTraining policy = stage.policy();
            double rehearsed =
                    policy.rehearsal() > 0 ? Math.ceil(trained / policy.miniBatch()) * policy.rehearsalBatch() : 0;
            RoundPart ofLabeled = costs.generation("generation, labeled", labeled / labeledSamples, labeledSamples);
            RoundPart ofOwn = costs.generation("generation, unlabeled", own / stage.samples(), stage.samples());
            RoundPart before = costs.measured("values before the fit", RoundPart.Where.CRITIC, labeled);
            RoundPart fit = fit("critic epochs", labeled);
            RoundPart critic =
                    learns ? costs.handOver("critic's hand-over and checkpoint", RoundPart.Where.CRITIC) : nothing();
            RoundPart values = costs.values("values of unlabeled", stage.votes() ? 0 : own);
            RoundPart old = costs.measured("old log-probabilities", RoundPart.Where.POLICY, trained);
            RoundPart epochs = costs.training(
                    "policy epochs", RoundPart.Where.POLICY, trained, rehearsed, policy.miniBatch(), policy.epochs());
            RoundPart version = costs.handOver("policy's hand-over and checkpoint", RoundPart.Where.POLICY);

            double learning = before.seconds() + fit.seconds() + critic.seconds();
            double refining = old.seconds() + epochs.seconds() + version.seconds();
            List<RoundPart> parts = Arrays.asList(ofLabeled, ofOwn, before, fit, critic, values, old, epochs, version);
            // Labeled requests are first in the queue; what is asked last still takes a full response's time.
            double longest = costs.longestResponse();
            double labeledReady = labeled == 0 ? 0 : Math.max(ofLabeled.seconds(), longest);
            double generation = own == 0 ? labeledReady : ofLabeled.seconds() + Math.max(ofOwn.seconds(), longest);
            if (devices.isOne()) {
                return new Round(
                        parts,
                        generation + learning + values.seconds() + refining,
                        "one after the other, on one device");
            }
            if (verdict) {
                return devices.trainersShare()
                        ? new Round(
                                parts, generation + learning + refining, "generation, then critic and policy in turn")
                        : new Round(
                                parts,
                                Math.max(generation + before.seconds() + refining, learning),
                                "generation, values, then the policy's epochs while the critic fits");
            }
            boolean valuedBefore =
                    !learns || (recalibration != null && recalibration.valuesFrom() == ValuesFrom.PREVIOUS);
            if (valuedBefore && !devices.trainersShare()) {
                return new Round(
                        parts,
                        Math.max(Math.max(generation, values.seconds()) + refining, learning + values.seconds()),
                        "generation, valued as it comes by the critic that is there, then the policy's epochs");
            }
            return new Round(
                    parts,
                    Math.max(labeledReady + learning + values.seconds(), generation) + refining,
                    "labeled responses, then the critic fits and values while unlabeled ones are generated, then the"
                            + " policy's epochs");
        }

        private RoundPart nothing() {
            return new RoundPart("nothing", RoundPart.Where.CRITIC, 0, 0, 0, 0);
        }
    }
}
