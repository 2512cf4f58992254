package dev.tempo.contract;

/**
 * Where a version's files are and what they must hash to; weights themselves never travel on the bus.
 *
 * @param uri a directory URI that every service can read
 * @param sha256 of its model.safetensors or adapter_model.safetensors, lower-case hex; a reader refuses any other content
 */
public record ModelReference(String uri, String sha256) {
    public ModelReference {
        Check.text("uri", uri);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 must be 64 hex digits but is '" + sha256 + "'");
        }
    }
}
