package dev.tempo.serving.openai;

import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The models that can be asked, as the API lists them. */
public final class ModelList {
    private ModelList() {}

    /** All of them: the plain name first, then every version. */
    public static ObjectNode of(VersionCatalog catalog) {
        Map<String, ServedVersion> names = new LinkedHashMap<>();
        catalog.served().ifPresent(served -> names.put(catalog.name(), served));
        catalog.versions().forEach(version -> names.putIfAbsent(version.id(), version));
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        names.forEach((name, version) -> data.add(model(name, version)));
        return list;
    }

    /**
     * One of them.
     *
     * @throws ApiException if there is none of this name
     */
    public static ObjectNode one(VersionCatalog catalog, String name) {
        return model(
                name,
                catalog.find(name)
                        .orElseThrow(() -> ApiException.of(
                                404, "The model '" + name + "' does not exist.", "model", "model_not_found")));
    }

    private static ObjectNode model(String name, ServedVersion version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", version.created().getEpochSecond())
                .put("owned_by", "tempo");
    }
}
