package dev.tempo.plugin;

/** What every plug-in says of itself. */
public interface PlugIn {
    /** The name by which recipes call it. */
    String name();

    /** Changes whenever what it gives may change. */
    String version();
}
