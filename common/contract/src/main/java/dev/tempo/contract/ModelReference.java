package dev.tempo.contract;

/**
 * A reference to the files of a version: where they are and what they must hash to. Weights themselves never travel in
 * messages.
 *
 * @param uri URI of a directory that every service can read
 * @param sha256 of its model.safetensors or adapter_model.safetensors, lower-case hex; a reader refuses any other
 *     content
 */
public record ModelReference(String uri, String sha256) {
    public ModelReference {
        Check.text("uri", uri);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 must be 64 hex digits but is '" + sha256 + "'");
        }
    }
}
