package dev.tempo.judge.kafka;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.judge.Admission;
import dev.tempo.judge.Answers;
import dev.tempo.judge.AwaitedThings;
import dev.tempo.judge.OwnDomains;
import dev.tempo.judge.TrajectoryJudge;
import dev.tempo.judge.VerdictMeter;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.VoteHistory;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.messaging.FullSubscription;
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
    RunListener runListener(
            KnownRuns runs, Answers answers, VoteCounter votes, VoteHistory history, RunPlugIns plugIns) {
        return new RunListener(runs, answers, votes, history, plugIns);
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, RunListener listener, KnownRuns runs) {
        FullSubscription<Run> announced =
                subscriptions.runs(Topics.RUNS, Topics.RUN_ENDS, listener::on, listener::caughtUp);
        runs.readBy(announced::readToPresentEnd);
        return announced;
    }

    @Bean
    Subscription labeledAnswers(Subscriptions subscriptions, Answers answers) {
        return read(subscriptions, Topics.LABELED_ANSWERS, answers);
    }

    @Bean
    Subscription evaluationAnswers(Subscriptions subscriptions, Answers answers) {
        return read(subscriptions, Topics.EVALUATION_ANSWERS, answers);
    }

    private static Subscription read(Subscriptions subscriptions, Topic<Answer> topic, Answers answers) {
        FullSubscription<Answer> reader = subscriptions.everything(topic, answers::on);
        answers.readBy(topic.equals(Topics.EVALUATION_ANSWERS), reader::readToPresentEnd);
        return reader;
    }

    @Bean
    Subscription labeledTrajectories(
            Subscriptions subscriptions,
            KnownRuns runs,
            Answers answers,
            TrajectoryJudge judge,
            OwnDomains domains,
            JudgedOutput output) {
        Admission admission = Admission.byAnswers(runs, answers, Purpose.WARM_UP, Purpose.LABELED);
        JudgedRoad road = new JudgedRoad(admission, judge, domains, output, Topics.JUDGED_LABELED_TRAJECTORIES);
        return subscriptions.inGroup("judge-labeled", Topics.LABELED_TRAJECTORIES, road::on);
    }

    @Bean
    Subscription evaluationTrajectories(
            Subscriptions subscriptions,
            KnownRuns runs,
            Answers answers,
            TrajectoryJudge judge,
            OwnDomains domains,
            JudgedOutput output) {
        Admission admission = Admission.byAnswers(runs, answers, Purpose.EVALUATION);
        JudgedRoad road = new JudgedRoad(admission, judge, domains, output, Topics.JUDGED_EVALUATION_TRAJECTORIES);
        return subscriptions.inGroup("judge-evaluation", Topics.EVALUATION_TRAJECTORIES, road::on);
    }

    @Bean
    Subscription votes(Subscriptions subscriptions, VoteHistory history) {
        FullSubscription<JudgedTrajectory> reader =
                subscriptions.everything(Topics.JUDGED_UNLABELED_TRAJECTORIES, history::on);
        history.readBy(reader::readToPresentEnd);
        return reader;
    }

    @Bean
    Subscription unlabeledTrajectories(
            Subscriptions subscriptions, KnownRuns runs, VoteCounter votes, JudgedOutput output) {
        VoteListener listener = new VoteListener(
                Admission.toVotes(runs),
                subscriptions.refusals("judge-votes", Topics.UNLABELED_TRAJECTORIES),
                votes,
                output);
        return subscriptions.withLowWaterMark("judge-votes", Topics.UNLABELED_TRAJECTORIES, listener);
    }
}
