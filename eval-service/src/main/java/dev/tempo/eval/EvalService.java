package dev.tempo.eval;

import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.eval.dashboard.ServiceClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
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
    EndingRuns endingRuns(RunHistory history) {
        return new EndingRuns(history);
    }

    @Bean
    HealthIndicator evalHealthIndicator(EvaluationPlanner planner, EndingRuns ending, OtherServices services) {
        return new EvalHealth(planner, ending, services);
    }
}
