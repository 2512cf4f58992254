package dev.tempo.serving.version;

import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A catalog as it was when it was last looked at, so that no request waits for a disk. Thread-safe. */
public final class RememberedVersions implements VersionCatalog {
    private final VersionCatalog catalog;
    private volatile VersionListing listing;

    public RememberedVersions(VersionCatalog catalog) {
        this.catalog = catalog;
        this.listing = catalog.listing();
    }

    /** Looks at the catalog anew. */
    public void refresh() {
        listing = catalog.listing();
    }

    @Override
    public VersionListing listing() {
        return listing;
    }

    @Override
    public Optional<UnaryOperator<String>> asking(ServedVersion version) {
        return catalog.asking(version);
    }

    @Override
    public boolean learns(ServedVersion version) {
        return catalog.learns(version);
    }

    @Override
    public @Nullable Environment environment(ServedVersion version, Tokenizer tokenizer) {
        return catalog.environment(version, tokenizer);
    }
}
