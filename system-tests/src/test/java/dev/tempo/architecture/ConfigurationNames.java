package dev.tempo.architecture;

import dev.tempo.model.device.MachineSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property name that a service understands: our own records' and those in the metadata that Spring's jars carry. */
final class ConfigurationNames {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<String> NAMES = names();

    private ConfigurationNames() {}

    static Set<String> all() {
        return NAMES;
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        addSprings(names);
        addOurs(names);
        names.addAll(MachineSettings.NAMES);
        return names;
    }

    /** As environment variables: dots become underscores, dashes vanish. */
    static Set<String> asVariables() {
        return all().stream()
                .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void addSprings(Set<String> names) {
        try {
            var files = ConfigurationNames.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json");
            for (URL file : java.util.Collections.list(files)) {
                try (InputStream json = file.openStream()) {
                    for (JsonNode property : JSON.readTree(json).path("properties")) {
                        names.add(property.path("name").asString());
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void addOurs(Set<String> names) {
        Code.ALL.stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .map(type -> type.reflect())
                .forEach(type -> addComponents(
                        Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class))
                                .value(),
                        type,
                        names));
    }

    private static void addComponents(String prefix, Class<?> type, Set<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            names.add(name);
            if (component.getType() == Map.class) {
                Project.SERVICES.forEach(service -> names.add(name + "." + service.replace("-service", "")));
            } else if (component.getType().isRecord()) {
                addComponents(name, component.getType(), names);
            }
        }
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
