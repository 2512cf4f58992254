package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.architecture.Project.Node;
import dev.tempo.standalone.Tempo;
import org.junit.jupiter.api.Test;

/** The command of docs/deployment.md that runs beside the containers of the services. */
class DeploymentPageTest {
    private final Node services = Project.yaml("docker-compose.yml").at("services");
    private final Node command = Project.yaml("deploy/tempo-command.yml").at("services", "tempo");

    @Test
    void theCommandIsBuiltAsServicesAreFromTheModuleThatHasIt() {
        Node arguments = command.at("build", "args");
        assertThat(arguments.map().keySet())
                .isEqualTo(services.at("policy-service", "build", "args").map().keySet());
        assertThat(Project.file(arguments.at("SERVICE").text() + "/pom.xml")).exists();
        assertThat(arguments.at("MAIN").text()).isEqualTo(Tempo.class.getName());
        assertThat(Project.text(arguments.at("SERVICE").text() + "/pom.xml")).contains("maven-dependency-plugin");
    }

    @Test
    void itSeesWhatTheServicesSeeAndStartsOnlyWhenItIsAskedFor() {
        for (String service : new String[] {"rollout-service", "critic-service", "policy-service", "eval-service"}) {
            assertThat(command.at("volumes").texts())
                    .as("what %s mounts", service)
                    .isEqualTo(services.at(service, "volumes").texts());
        }
        assertThat(command.at("profiles").texts()).isNotEmpty();
        assertThat(command.has("ports")).isFalse();
    }

    @Test
    void thePageSubmitsToTheBrokerThatTheServicesUse() {
        String broker = services.at("policy-service", "environment", "SPRING_KAFKA_BOOTSTRAPSERVERS")
                .text();
        assertThat(Project.text("docs/deployment.md"))
                .contains("deploy/tempo-command.yml", "--bootstrap " + broker + " --runs /tempo/runs");
    }
}
