package dev.tempo.judge;

import dev.tempo.judging.JudgeCatalogue;
import dev.tempo.judging.JudgeProperties;
import dev.tempo.judging.Judges;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.messaging.service.WaitGauges;
import dev.tempo.plugin.Judge;
import dev.tempo.runs.KnownRuns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/** The service that owns verification. Every {@link Judge} bean on its class path can be named by recipes. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(JudgeCatalogue.class)
public class JudgeService {
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(JudgeService.class).properties("spring.config.name=judge-service");
    }

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    @Bean
    RunPlugIns runPlugIns(Judges judges, JudgeProperties properties) {
        return new RunPlugIns(judges, properties.directory());
    }

    @Bean
    KnownRuns knownRuns(JudgeProperties properties, InstantSource clock) {
        return new KnownRuns(properties.unknownRunPatience(), clock);
    }

    @Bean
    Answers answers() {
        return new Answers();
    }

    @Bean
    ChainExecutor chainExecutor(JudgeProperties properties, VerdictMeter meter, InstantSource clock) {
        return new ChainExecutor(properties.workers(), properties.askAgainAfter(), meter, clock);
    }

    /** A judge of trajectories for each topic that brings them. */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    TrajectoryJudge trajectoryJudge(KnownRuns runs, Answers answers, Judges judges, ChainExecutor executor) {
        return new TrajectoryJudge(runs, answers, judges, executor);
    }

    @Bean
    VoteHistory voteHistory() {
        return new VoteHistory();
    }

    @Bean
    VoteCounter voteCounter(KnownRuns runs, Judges judges, VoteHistory history) {
        return new VoteCounter(runs, judges, history);
    }

    @Bean
    AwaitedThings awaitedThings(InstantSource clock, MeterRegistry meters) {
        AwaitedThings things = new AwaitedThings(clock);
        WaitGauges.register(
                meters, seconds -> Gauge.builder("tempo.judge.awaited.seconds", seconds), things::awaited, clock);
        return things;
    }

    @Bean
    VerdictMeter verdictMeter(MeterRegistry meters) {
        return new VerdictMeter(meters);
    }

    @Bean
    HealthIndicator judgeHealthIndicator(
            KnownRuns runs, VoteCounter votes, AwaitedThings awaited, JudgeProperties properties, InstantSource clock) {
        return new JudgeHealth(runs, votes, awaited, properties.stalledAfter(), clock);
    }
}
