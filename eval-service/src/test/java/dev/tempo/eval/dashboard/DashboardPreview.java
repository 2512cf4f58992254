package dev.tempo.eval.dashboard;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.CriticReport;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.RunBuilder;
import dev.tempo.eval.served.ServedAnswer;
import dev.tempo.eval.served.ServedAnswers;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.SpanLog;
import dev.tempo.timeline.SpanWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The dashboard on made-up curves and without a broker, for looking at it: run {@code main}, open port 8095. Not a
 * {@code @Configuration}, which the service's own scan would find. */
@EnableAutoConfiguration(excludeName = "dev.tempo.messaging.MessagingAutoConfiguration")
@Import(DashboardController.class)
class DashboardPreview {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(DashboardPreview.class)
                .properties("server.port=8095")
                .run(arguments);
    }

    @Bean
    RunHistory runHistory() throws IOException {
        Path directory = Files.createTempDirectory("preview");
        RunHistory history = new RunHistory();
        measure(history, run("quickstart-ttrl-seed0", directory).withState(RunState.FINISHED), 80, .37);
        measure(history, run("empty-seed2", directory).withState(RunState.PAUSED), 0, .2);
        Run latest = run("quickstart-seed0", directory);
        measure(history, latest, 67, .76);
        record(latest, 64, 67);
        serve(latest);
        return history;
    }

    /** One that has stopped answering, and others that wait for it. */
    @Bean
    OtherServices otherServices() throws IOException {
        Instant asked = Instant.now().minusSeconds(95);
        try (HealthServer rollout = new HealthServer();
                HealthServer judge = new HealthServer();
                HealthServer critic = new HealthServer()) {
            judge.awaits(new Awaited(
                    null,
                    "the announcement of run other, for judging labeled trajectories",
                    "its submitter",
                    asked,
                    List.of()));
            critic.awaits(new Awaited(
                    "quickstart-seed0",
                    "12 of 256 labeled rows of round 66",
                    "rollout-service",
                    asked,
                    List.of("labeled/1041/0", "labeled/1041/1", "labeled/17/3")));
            OtherServices services = new OtherServices(
                    Map.of(
                            "rollout-service", rollout.root(),
                            "judge-service", judge.root(),
                            "critic-service", critic.root()),
                    () -> List.of(new Awaited(
                            "quickstart-seed0",
                            "the measurement of version 65 waits for 40 verdicts",
                            "judge-service",
                            asked.plusSeconds(80),
                            List.of("holdout/3/1"))),
                    InstantSource.system());
            services.look();
            rollout.close();
            for (int look = 0; look < 3; look++) {
                services.look();
            }
            return services;
        }
    }

    /** What policy-service leaves of rounds that it finished, each in a moment. */
    private static void record(Run run, int first, int last) throws IOException {
        Files.createDirectories(Path.of(run.directory()));
        SpanLog spans = new SpanLog("policy-service");
        spans.announced(run.run(), Path.of(run.directory()));
        for (int version = first; version < last; version++) {
            int made = version;
            spans.begin(SpanKind.COMPUTATION, "policy epoch 1")
                    .of(run.run(), version - 1)
                    .get(() ->
                            IntStream.range(0, 100_000).map(Integer::bitCount).sum());
            spans.begin(SpanKind.MESSAGING, "publish")
                    .of(run.run(), made)
                    .publishes("policy-versions", 1)
                    .run(Thread::yield);
        }
        new SpanWriter(spans).close();
    }

    /** Twenty minutes of answers by a first version and by two that passed their trials, with one between that did not. */
    private static void serve(Run run) {
        RunDirectory files = RunDirectory.of(run);
        ServedAnswers answers = new ServedAnswers(files.served());
        Random chance = new Random(1);
        Instant begun = Instant.parse("2026-01-01T12:00:00Z");
        int[] versions = {40, 45, 45, 55};
        for (int i = 0; i < 600; i++) {
            int trials = Math.min(3, i / 150);
            boolean right = chance.nextDouble() < .25 + .15 * (versions[trials] - 40) / 5;
            answers.add(new ServedAnswer(begun.plusSeconds(2L * i), "asked/1", versions[trials], right, trials + 1));
        }
        PromotionOutcome[] outcomes = {
            PromotionOutcome.PROMOTED, PromotionOutcome.PROMOTED, PromotionOutcome.UNDECIDED, PromotionOutcome.PROMOTED
        };
        int[] tried = {40, 45, 50, 55};
        for (int number = 0; number < tried.length; number++) {
            List<Promotion.Comparison> compared = number == 0
                    ? List.of()
                    : List.of(new Promotion.Comparison("avg", .25 + .05 * number, .25, .05, .96, 0));
            Promotion record = new Promotion(
                    run.run(),
                    number,
                    tried[number],
                    outcomes[number],
                    number == 0 ? null : 40,
                    run.base(),
                    96,
                    0,
                    compared,
                    null,
                    "for looking at it",
                    1L);
            files.promotions().takeOver(1).announce(number, Wire.write(record));
        }
    }

    private static Run run(String name, Path directory) {
        Run run = RunBuilder.aRun(name, directory)
                .everyRounds(5, 40)
                .samples(16)
                .measuredOn("holdout", 1)
                .measuredOn("unlabeled", 1)
                .withCriticQualityOn("unlabeled")
                .active();
        return new Run(
                run.run(),
                run.state(),
                run.recipe(),
                run.base(),
                directory.resolve(name).toString(),
                run.start());
    }

    private static void measure(RunHistory history, Run run, int versions, double ceiling) {
        Random noise = new Random(run.run().hashCode());
        history.on(run);
        for (int version = 0; version < versions; version++) {
            PolicyVersion policy = RunBuilder.version(run, version, statistics(version, noise));
            history.on(policy);
            history.on(new CriticVersion(
                    run.run(), version, policy.model(), true, Map.of("loss", .1 + .1 * noise.nextDouble()), 0, 0));
            if (run.recipe().evaluates(version)) {
                history.on(report(policy, version < 40 ? .14 + .09 * version / 40 : curve(version - 40, ceiling)));
            }
        }
    }

    private static Map<String, Double> statistics(int version, Random noise) {
        return version == 0
                ? Map.of()
                : Map.of(
                        "loss", -.02 + .01 * noise.nextGaussian(),
                        "approx.kl", 4e-4 + 1e-4 * noise.nextGaussian(),
                        "clip.fraction", .1 + .03 * noise.nextGaussian(),
                        "gradient.norm", .4 + .1 * noise.nextDouble(),
                        "reward.mean", .3 + .002 * version,
                        "entropy", .6 - .003 * version);
    }

    private static double curve(int rounds, double ceiling) {
        return .23 + (ceiling - .23) * (1 - Math.exp(-rounds / 15.0));
    }

    private static EvaluationReport report(PolicyVersion version, double accuracy) {
        return new EvaluationReport(
                version.run(),
                version.version(),
                version.stage(),
                version.roundOfStage(),
                version.last(),
                List.of(set("holdout", .2 + accuracy / 4), set("unlabeled", accuracy)),
                new CriticReport(.75 + accuracy / 4, .2 - accuracy / 8, accuracy, 2048),
                version.wallSeconds(),
                version.cpuSeconds(),
                version.version() < 40 ? "quickstart-seed0-stage1" : null);
    }

    private static SetReport set(String name, double accuracy) {
        return new SetReport(
                name,
                128,
                16,
                score(accuracy),
                Map.of(1, score(accuracy), 16, score(.78 + accuracy / 10)),
                score(accuracy + .05),
                .03,
                0,
                1,
                .4,
                4.2,
                Map.of(),
                name.equals("unlabeled") ? .97 - accuracy / 8 : null,
                null);
    }

    private static Score score(double score) {
        return new Score(score, new Interval(Math.max(0, score - .05), Math.min(1, score + .05)));
    }
}
