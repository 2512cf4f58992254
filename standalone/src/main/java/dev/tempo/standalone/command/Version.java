package dev.tempo.standalone.command;

import dev.tempo.standalone.launch.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/** {@code tempo --version}. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {ProductVersion.of(Place.home()).toString()};
    }
}
