package dev.tempo.eval;

import dev.tempo.eval.tracking.MlflowAccess;
import dev.tempo.messaging.service.Wait;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Infrastructure of eval-service; what is measured when is the recipe's business.
 *
 * @param patience without any news of a run before what is missing is asked for again
 * @param stalledAfter without any news of a run, health calls it stalled and names what is missing
 * @param services where the other services answer, by their names without {@code -service}; the page says of those what they
 *     wait for, and which of them does not answer
 * @param mlflow address of the MLflow server that runs are sent to; null for none
 * @param mlflowExperiment name of the experiment there
 */
@Validated
@ConfigurationProperties("tempo.eval")
public record EvalProperties(
        @NotNull @DefaultValue("60s") Duration patience,
        @NotNull @DefaultValue("5m") Duration stalledAfter,
        @NotNull @DefaultValue Map<String, URI> services,
        @Nullable URI mlflow,
        @NotEmpty @DefaultValue("tempo") String mlflowExperiment) {

    private static final String SUFFIX = "-service";

    public EvalProperties {
        services = Map.copyOf(services);
        for (String name : services.keySet()) {
            if (!Wait.ROAD.contains(name + SUFFIX)) {
                throw new IllegalArgumentException("tempo.eval.services." + name + " is none of the services");
            }
        }
        if (mlflow != null) {
            MlflowAccess.check(mlflow);
        }
    }

    /** The addresses by the services' full names. */
    Map<String, URI> addresses() {
        Map<String, URI> addresses = new TreeMap<>();
        services.forEach((name, address) -> addresses.put(name + SUFFIX, address));
        return addresses;
    }
}
