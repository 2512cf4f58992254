package dev.tempo.plugin;

/** A plug-in: a judge, an environment or a filter of questions, with its name and version. */
public interface PlugIn {
    /** The name by which recipes or settings call this plug-in. */
    String name();

    /** The version of this plug-in, which changes whenever its results may change. */
    String version();
}
