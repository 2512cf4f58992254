package dev.tempo.serving.openai;

import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionListing;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The models that can be asked, as the API lists them. */
public final class ModelList {
    private ModelList() {}

    /** All of them: the plain name first, then every version. */
    public static ObjectNode of(VersionListing listing) {
        Map<String, ServedVersion> names = new LinkedHashMap<>();
        listing.served().ifPresent(served -> names.put(listing.name(), served));
        listing.versions().forEach(version -> names.putIfAbsent(version.id(), version));
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        names.forEach((name, version) -> data.add(model(name, version)));
        return list;
    }

    /**
     * One of them.
     *
     * @throws dev.tempo.serving.version.NoSuchVersionException if there is none of this name
     * @throws dev.tempo.serving.version.NotYetServedException if there may be one soon
     */
    public static ObjectNode one(VersionListing listing, String name) {
        return model(name, listing.found(name));
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
