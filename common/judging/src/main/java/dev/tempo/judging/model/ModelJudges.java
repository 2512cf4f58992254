package dev.tempo.judging.model;

import dev.tempo.judging.JudgeProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The registrar of one {@link ModelJudge} bean for each entry of {@code tempo.judge.models}. */
public final class ModelJudges implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        Set<String> names = Binder.get(environment)
                .bind("tempo.judge.models", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet();
        for (String name : names) {
            registry.registerBean(
                    "judge-model-" + name, ModelJudge.class, bean -> bean.supplier(context -> judge(name, context)));
        }
        registry.registerBean(
                "judgeModelsHealthIndicator",
                ModelHealth.class,
                bean -> bean.supplier(context -> new ModelHealth(
                        context.beanProvider(ModelJudge.class).orderedStream().toList())));
    }

    private static ModelJudge judge(String name, BeanRegistry.SupplierContext context) {
        ModelSettings settings = Objects.requireNonNull(
                context.bean(JudgeProperties.class).models().get(name), "settings of judge model " + name);
        // A command that judges without the service has nobody to show its meters to, and no clock but the system's.
        MeterRegistry meters = context.beanProvider(MeterRegistry.class).getIfAvailable(SimpleMeterRegistry::new);
        InstantSource clock = context.beanProvider(InstantSource.class).getIfAvailable(InstantSource::system);
        return new ModelJudge(name, settings, System::getenv, meters, clock);
    }
}
