package dev.tempo.eval.report;

/**
 * By what a run was computed.
 *
 * @param product version and commit of TEMPO
 * @param machine processor and software, on which the run's bits hang
 */
public record Provenance(String product, Machine machine) {}
