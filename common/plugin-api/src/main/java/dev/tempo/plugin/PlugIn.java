package dev.tempo.plugin;

/** A plug-in: a judge or an environment, with its name and version. */
public interface PlugIn {
    /** The name by which recipes call this plug-in. */
    String name();

    /** The version of this plug-in, which changes whenever its results may change. */
    String version();
}
