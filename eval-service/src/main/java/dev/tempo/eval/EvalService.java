package dev.tempo.eval;

import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.eval.dashboard.ServiceClock;
import dev.tempo.eval.tracking.MlflowAccess;
import dev.tempo.eval.tracking.MlflowTracker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The service that owns the benchmarks, the scores and the dashboard. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(EvalProperties.class)
public class EvalService {

    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(EvalService.class).properties("spring.config.name=eval-service");
    }

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    @Bean
    EvaluationPlanner evaluationPlanner(EvalProperties properties, InstantSource clock) {
        return new EvaluationPlanner(properties, clock);
    }

    @Bean
    OtherServices otherServices(EvalProperties properties, EvaluationPlanner planner, InstantSource clock) {
        return new OtherServices(properties.addresses(), planner::awaited, clock);
    }

    @Bean
    ServiceClock serviceClock(OtherServices services) {
        return new ServiceClock(services);
    }

    @Bean
    EvalMeters evalMeters(MeterRegistry meters, EvaluationPlanner planner, OtherServices services) {
        return new EvalMeters(meters, planner, services);
    }

    @Bean
    RunHistory runHistory() {
        return new RunHistory();
    }

    @Bean
    EndingRuns endingRuns(
            RunHistory history, InstantSource clock, ObjectProvider<MlflowTracker> tracker, OtherServices services) {
        EndingRuns ending = new EndingRuns(history, clock);
        tracker.ifAvailable(there -> ending.trackedBy(there, services::hasStopped));
        return ending;
    }

    @Bean
    @ConditionalOnProperty("tempo.eval.mlflow")
    MlflowTracker mlflowTracker(EvalProperties properties, InstantSource clock, MeterRegistry meters) {
        MlflowTracker tracker = new MlflowTracker(
                MlflowAccess.of(Objects.requireNonNull(properties.mlflow()), System::getenv),
                properties.mlflowExperiment(),
                clock);
        meters.gauge("tempo.eval.mlflow.unsent", tracker, MlflowTracker::unsent);
        return tracker;
    }

    @Bean
    HealthIndicator evalHealthIndicator(EvaluationPlanner planner, EndingRuns ending, OtherServices services) {
        return new EvalHealth(planner, ending, services);
    }
}
