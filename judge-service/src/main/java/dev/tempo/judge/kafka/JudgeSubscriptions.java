package dev.tempo.judge.kafka;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.judge.Answers;
import dev.tempo.judge.OwnDomains;
import dev.tempo.judge.TrajectoryJudge;
import dev.tempo.judge.VerdictMeter;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.Waiting;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.runs.KnownRuns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that judge-service reads. */
@Configuration(proxyBeanMethods = false)
class JudgeSubscriptions {

    @Bean
    OwnDomains ownDomains(KnownRuns runs) {
        return new OwnDomains(runs);
    }

    @Bean
    JudgedOutput judgedOutput(Publisher publisher, VerdictMeter meter, Waiting waiting) {
        return new JudgedOutput(publisher, meter, waiting);
    }

    @Bean
    Subscription runs(
            Subscriptions subscriptions, KnownRuns runs, Answers answers, VoteCounter voting, RunPlugIns plugIns) {
        return subscriptions.everything(
                Topics.RUNS, run -> on(plugIns.bind(run), runs, answers, voting), runs::caughtUp);
    }

    @Bean
    Subscription labeledAnswers(Subscriptions subscriptions, Answers answers) {
        return subscriptions.everything(Topics.LABELED_ANSWERS, answers::on);
    }

    @Bean
    Subscription evaluationAnswers(Subscriptions subscriptions, Answers answers) {
        return subscriptions.everything(Topics.EVALUATION_ANSWERS, answers::on);
    }

    @Bean
    Subscription labeledTrajectories(
            Subscriptions subscriptions, TrajectoryJudge judging, OwnDomains domains, JudgedOutput output) {
        return subscriptions.inGroup(
                "judge-labeled",
                Topics.LABELED_TRAJECTORIES,
                batch -> output.publish(Topics.JUDGED_LABELED_TRAJECTORIES, domains.own(judging.judge(batch))));
    }

    @Bean
    Subscription evaluationTrajectories(
            Subscriptions subscriptions, TrajectoryJudge judging, OwnDomains domains, JudgedOutput output) {
        return subscriptions.inGroup(
                "judge-evaluation",
                Topics.EVALUATION_TRAJECTORIES,
                batch -> output.publish(Topics.JUDGED_EVALUATION_TRAJECTORIES, domains.own(judging.judge(batch))));
    }

    @Bean
    Subscription unlabeledTrajectories(Subscriptions subscriptions, VoteCounter voting, JudgedOutput output) {
        return subscriptions.withLowWaterMark(
                "judge-votes", Topics.UNLABELED_TRAJECTORIES, new VoteListener(voting, output));
    }

    private static void on(Run run, KnownRuns runs, Answers answers, VoteCounter voting) {
        runs.on(run);
        voting.on(run);
        if (run.state() == RunState.FINISHED) {
            answers.forget(run.run());
        }
    }
}
