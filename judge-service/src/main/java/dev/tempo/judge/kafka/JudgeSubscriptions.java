package dev.tempo.judge.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.judge.Answers;
import dev.tempo.judge.AwaitedThings;
import dev.tempo.judge.OwnDomains;
import dev.tempo.judge.TrajectoryJudge;
import dev.tempo.judge.VerdictMeter;
import dev.tempo.judge.VoteCounter;
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
    JudgedOutput judgedOutput(Publisher publisher, VerdictMeter meter, AwaitedThings awaited) {
        return new JudgedOutput(publisher, meter, awaited);
    }

    @Bean
    RunListener runListener(KnownRuns runs, Answers answers, VoteCounter votes, RunPlugIns plugIns) {
        return new RunListener(runs, answers, votes, plugIns);
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, RunListener listener) {
        return subscriptions.everything(Topics.RUNS, listener::on, listener::caughtUp);
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
            Subscriptions subscriptions, TrajectoryJudge judge, OwnDomains domains, JudgedOutput output) {
        return subscriptions.inGroup(
                "judge-labeled",
                Topics.LABELED_TRAJECTORIES,
                batch -> output.publish(Topics.JUDGED_LABELED_TRAJECTORIES, domains.own(judge.judge(batch))));
    }

    @Bean
    Subscription evaluationTrajectories(
            Subscriptions subscriptions, TrajectoryJudge judge, OwnDomains domains, JudgedOutput output) {
        return subscriptions.inGroup(
                "judge-evaluation",
                Topics.EVALUATION_TRAJECTORIES,
                batch -> output.publish(Topics.JUDGED_EVALUATION_TRAJECTORIES, domains.own(judge.judge(batch))));
    }

    @Bean
    Subscription unlabeledTrajectories(Subscriptions subscriptions, VoteCounter votes, JudgedOutput output) {
        return subscriptions.withLowWaterMark(
                "judge-votes", Topics.UNLABELED_TRAJECTORIES, new VoteListener(votes, output));
    }
}
