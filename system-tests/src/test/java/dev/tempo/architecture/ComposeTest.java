package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.architecture.Project.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds docker-compose.yml and what belongs to it to the code, as far as that goes without a container engine. */
class ComposeTest {
    static final List<String> SERVICES = Project.SERVICES;

    private final Node compose = Project.yaml("docker-compose.yml");
    private final Node containers = compose.at("services");

    @Test
    void itHasKafkaTheFiveServicesAndPrometheus() {
        Set<String> expected = new TreeSet<>(SERVICES);
        expected.addAll(List.of("kafka", "prometheus"));
        assertThat(new TreeSet<>(containers.map().keySet())).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceIsBuiltFromItsModuleAndMainClass(String service) throws ReflectiveOperationException {
        Node arguments = containers.at(service, "build", "args");
        assertThat(arguments.at("SERVICE").text()).isEqualTo(service);
        assertThat(Project.file(service + "/pom.xml")).exists();
        Class<?> main = Class.forName(arguments.at("MAIN").text());
        assertThat(main.getMethod("main", String[].class)).isNotNull();
        assertThat(Project.sourcesOf(service)).anyMatch(source -> source.endsWith(main.getSimpleName() + ".java"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceListensWhereItsConfigurationSays(String service) {
        String port = port(service);
        Node container = containers.at(service);
        if (container.has("expose")) {
            assertThat(container.at("expose").texts()).containsExactly(port);
        } else {
            assertThat(container.at("ports").texts()).containsExactly("127.0.0.1:" + port + ":" + port);
        }
        assertThat(container.at("healthcheck", "test").texts())
                .contains("http://localhost:" + port + "/actuator/health");
        assertThat(configuration(service).at("spring", "config", "import").text())
                .isEqualTo("classpath:service-defaults.yaml");
        assertThat(Project.yaml("common/messaging/src/main/resources/service-defaults.yaml")
                        .at("management", "endpoints", "web", "exposure", "include")
                        .text())
                .contains("health", "prometheus");
    }

    @Test
    void whatCanBeScaledHasNoPortOnTheHost() {
        Map<String, String> hostPorts = new TreeMap<>();
        for (Node container : containers.entries()) {
            if (container.has("ports")) {
                for (String mapping : container.at("ports").texts()) {
                    String hostPort = mapping.substring(0, mapping.lastIndexOf(':'));
                    assertThat(hostPorts.put(hostPort, container.name()))
                            .as("who else wants %s", hostPort)
                            .isNull();
                }
            }
        }
        assertThat(hostPorts.values()).containsExactlyInAnyOrder("eval-service", "prometheus");
    }

    @Test
    void everyVariableIsAPropertyOfTheServicesOrTheJvms() {
        Set<String> known = ConfigurationNames.asVariables();
        known.add("JAVA_TOOL_OPTIONS");
        for (String service : SERVICES) {
            assertThat(containers.at(service, "environment").map().keySet())
                    .as("variables of %s", service)
                    .isNotEmpty()
                    .allSatisfy(
                            name -> assertThat(known.contains(name)).as(name).isTrue());
        }
    }

    @Test
    void thePageFindsTheOtherServices() {
        for (String service : SERVICES) {
            if (!service.equals("eval-service")) {
                String name =
                        "TEMPO_EVAL_SERVICES_" + service.replace("-service", "").toUpperCase(Locale.ROOT);
                assertThat(containers.at("eval-service", "environment", name).text())
                        .isEqualTo("http://" + service + ":" + port(service));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void servicesFindTheBrokerWhereItAdvertisesItself(String service) {
        String servers = containers
                .at(service, "environment", "SPRING_KAFKA_BOOTSTRAPSERVERS")
                .text();
        assertThat(containers
                        .at("kafka", "environment", "KAFKA_ADVERTISED_LISTENERS")
                        .text())
                .isEqualTo("PLAINTEXT://" + servers);
        assertThat(containers.at(service, "depends_on", "kafka", "condition").text())
                .isEqualTo("service_healthy");
    }

    @Test
    void theBrokerAcceptsItsSettings() {
        assertThat(containers.at("kafka", "image").text()).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
        Properties settings = new Properties();
        containers.at("kafka", "environment").map().forEach((name, setting) -> {
            if (name.startsWith("KAFKA_")) {
                String property = name.substring("KAFKA_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
                        .as("settings of the broker")
                        .contains(property);
                settings.setProperty(property, String.valueOf(setting));
            }
        });
        KafkaConfig accepted = KafkaConfig.fromProps(settings);
        assertThat(accepted.logDirs())
                .containsExactly(
                        containers.at("kafka", "volumes").texts().get(0).replaceFirst("^kafka:", ""));
    }

    @Test
    void theBrokerTakesTheLongestMessageAndItsDeadLetter() {
        int longest = 17 << 20;
        for (String setting : List.of("KAFKA_MESSAGE_MAX_BYTES", "KAFKA_REPLICA_FETCH_MAX_BYTES")) {
            assertThat(containers.at("kafka", "environment", setting).content())
                    .as(setting)
                    .isEqualTo(longest);
        }
    }

    @Test
    void everyVolumeIsDeclaredOrAPathOfTheProject() {
        Set<String> used = new HashSet<>();
        for (Node container : containers.entries()) {
            List<String> mounts =
                    container.has("volumes") ? container.at("volumes").texts() : List.of();
            for (String mount : mounts) {
                String source = mount.substring(0, mount.indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(Project.file(source.substring(2)))
                            .as("mounted by %s", container.name())
                            .exists();
                } else {
                    used.add(source);
                }
            }
        }
        assertThat(compose.at("volumes").map().keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void prometheusScrapesEveryServiceAtItsPort() {
        Map<String, String> scraped = new TreeMap<>();
        for (Object entry :
                Project.yaml("deploy/prometheus.yml").at("scrape_configs").list()) {
            Node job = new Node("scrape_configs", entry);
            assertThat(job.at("metrics_path").text()).isEqualTo("/actuator/prometheus");
            Node target = new Node("target", job.at("dns_sd_configs").list().get(0));
            scraped.put(target.at("names").texts().get(0), target.at("port").text());
        }
        assertThat(scraped)
                .isEqualTo(SERVICES.stream().collect(Collectors.toMap(service -> service, ComposeTest::port)));
    }

    @Test
    void theImageTakesTheArgumentsThatComposeGives() {
        String file = Project.text("Dockerfile");
        Set<String> taken = Pattern.compile("(?m)^ARG (\\w+)$")
                .matcher(file)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        SERVICES.forEach(service -> assertThat(
                        containers.at(service, "build", "args").map().keySet())
                .isEqualTo(taken));
        assertThat(file).contains("./mvnw ", "target/classpath.txt");
        assertThat(Project.text("pom.xml")).contains("/classpath.txt</outputFile>");
    }

    @Test
    void propertiesInTheDeploymentPageExist() {
        Set<String> known = ConfigurationNames.all();
        List<String> named = Pattern.compile("`((?:tempo|spring|server)\\.[a-z.-]+)`")
                .matcher(Project.text("docs/deployment.md"))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(known.contains(name)).as(name).isTrue());
    }

    private static String port(String service) {
        return configuration(service).at("server", "port").text();
    }

    private static Node configuration(String service) {
        return Project.yaml(service + "/src/main/resources/" + service + ".yaml");
    }
}
