package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.tempo.architecture.Project.Node;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Wire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the topics, readers, writers and examples of docs/asyncapi.yaml to the code. */
class AsyncApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DEAD_LETTERS = "dead-letters";
    /** Methods whose first text is a group. */
    private static final Set<String> SUBSCRIBING = Set.of("inGroup", "withLowWaterMark", "on");

    private final Node document = Project.yaml("docs/asyncapi.yaml");
    private final Map<String, Topic<?>> topics = Topics.all().stream()
            .collect(Collectors.toMap(Topic::name, Function.identity(), (one, other) -> one, TreeMap::new));

    @Test
    void everyTopicIsDescribedWithItsWriterAndType() {
        for (Topic<?> topic : topics.values()) {
            Node channel = document.at("channels", topic.name());
            assertThat(channel.at("address").text()).isEqualTo(topic.name());
            assertThat(channel.at("x-writer").text())
                    .as("writer of %s", topic.name())
                    .isEqualTo(topic.writer());
            assertThat(channel.at("messages").map().keySet())
                    .as("messages of %s", topic.name())
                    .containsExactly(topic.type().getSimpleName());
        }
        Set<String> described = new TreeSet<>(document.at("channels").map().keySet());
        assertThat(described.remove(DEAD_LETTERS)).isTrue();
        assertThat(described).isEqualTo(topics.keySet());
    }

    @Test
    void cleanupAndPartitionsAreThoseOfTheTopics() {
        for (Topic<?> topic : topics.values()) {
            Node kafka = document.at("channels", topic.name(), "bindings", "kafka");
            assertThat(kafka.at("topicConfiguration", "cleanup.policy").texts())
                    .as("cleanup of %s", topic.name())
                    .containsExactly(topic.compacted() ? "compact" : "delete");
            assertThat(kafka.at("partitions").content())
                    .as("partitions of %s", topic.name())
                    .isEqualTo(topic.spread() ? 4 : 1);
        }
    }

    @Test
    void deadLettersStandBesideEveryTopic() {
        Node channel = document.at("channels", DEAD_LETTERS);
        List<String> names = channel.at("parameters", "topic", "enum").texts();
        assertThat(names).containsExactlyInAnyOrderElementsOf(topics.keySet());
        for (Topic<?> topic : topics.values()) {
            assertThat(channel.at("address").text().replace("{topic}", topic.name()))
                    .isEqualTo(topic.deadLetters());
        }
    }

    @Test
    void everyExampleIsAMessageAndGivesTheKey() {
        for (Topic<?> topic : topics.values()) {
            Node message = document.at("components", "messages", topic.type().getSimpleName());
            assertThat(message.at("examples").list()).isNotEmpty();
            for (Object example : message.at("examples").list()) {
                roundTrip(topic, new Node("example of " + topic.type().getSimpleName(), example));
            }
        }
    }

    private <V> void roundTrip(Topic<V> topic, Node example) {
        byte[] json = JSON.writeValueAsBytes(example.at("payload").content());
        V message = Wire.read(topic.type(), json);
        assertThat(JSON.readTree(Wire.write(message))).as(example.path()).isEqualTo(JSON.readTree(json));
        String key = document.at("channels", topic.name(), "x-key").text();
        assertThat(topic.keyOf(message)).as("key of %s", topic.name()).isEqualTo(filled(key, JSON.readTree(json)));
    }

    private static String filled(String template, JsonNode message) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(template)
                .replaceAll(field -> message.findValue(field.group(1)).asString());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Pattern.compile("\\$ref: '#/([^']+)'")
                .matcher(Project.text("docs/asyncapi.yaml"))
                .results()
                .forEach(reference -> document.at(reference.group(1).split("/")));
    }

    @Test
    void theWriterOfATopicAloneSendsIt() {
        for (Topic<?> topic : topics.values()) {
            assertThat(operations(operation -> operation.at("action").text().equals("send")
                            && topicOf(operation).equals(topic.name())))
                    .as("who writes %s", topic.name())
                    .extracting(operation -> operation.at("x-service").text())
                    .containsExactly(topic.writer());
        }
    }

    @Test
    void everyServiceTouchesExactlyTheTopicsOfItsOperations() {
        for (Map.Entry<String, String> module : packages().entrySet()) {
            Set<String> documented =
                    operations(operation -> operation.at("x-service").text().equals(module.getKey())).stream()
                            .map(AsyncApiTest::topicOf)
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).as("topics of %s", module.getKey()).isEqualTo(touchedBy(module.getValue()));
        }
    }

    @Test
    void groupsAreThoseOfTheCode() {
        for (String service : Project.SERVICES) {
            Set<String> inCode =
                    CallsWithText.of(packages().get(service) + ".", "dev.tempo.messaging.", SUBSCRIBING).stream()
                            .filter(call -> !call.texts().isEmpty())
                            .map(call -> call.texts().get(0))
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<String> documented =
                    operations(operation ->
                                    operation.at("x-service").text().equals(service) && operation.has("x-group"))
                            .stream()
                            .map(operation -> operation.at("x-group").text())
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).as("groups of %s", service).isEqualTo(inCode);
        }
    }

    private List<Node> operations(java.util.function.Predicate<Node> wanted) {
        return document.at("operations").entries().stream().filter(wanted).toList();
    }

    private static String topicOf(Node operation) {
        return operation.at("channel", "$ref").text().replace("#/channels/", "");
    }

    private static Map<String, String> packages() {
        Map<String, String> packages = new TreeMap<>(Map.of("standalone", "dev.tempo.standalone"));
        Project.SERVICES.forEach(service -> packages.put(service, "dev.tempo." + service.replace("-service", "")));
        return packages;
    }

    private static Set<String> touchedBy(String rootPackage) {
        return Code.ALL.stream()
                .filter(type -> (type.getPackageName() + ".").startsWith(rootPackage + "."))
                .map(JavaClass::getFieldAccessesFromSelf)
                .flatMap(Set::stream)
                .map(JavaAccess::getTarget)
                .filter(target -> target.getOwner().isEquivalentTo(Topics.class))
                .map(target -> topic(target.getName()).name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Topic<?> topic(String field) {
        try {
            return (Topic<?>) Topics.class.getField(field).get(null);
        } catch (ReflectiveOperationException gone) {
            throw new LinkageError("Topics." + field, gone);
        }
    }
}
