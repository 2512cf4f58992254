package dev.tempo.judging;

import dev.tempo.judging.model.ModelJudges;
import dev.tempo.judging.plugin.EndpointJudge;
import dev.tempo.plugin.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The catalogue of judges, for judge-service and for commands that judge without it. Judges come with this module, from
 * the configuration, and from every {@link Judge} bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JudgeProperties.class)
@Import(ModelJudges.class)
public class JudgeCatalogue {

    @Bean
    Judges judges(JudgeProperties properties, ObjectProvider<Judge> beans) {
        List<Judge> judges = new ArrayList<>(Judges.builtIn());
        new TreeMap<>(properties.endpoints())
                .forEach((name, endpoint) -> judges.add(new EndpointJudge(name, endpoint)));
        beans.orderedStream().forEach(judges::add);
        return new Judges(judges);
    }
}
