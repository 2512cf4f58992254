package dev.tempo.eval.report;

/**
 * The software and the machine that computed a run.
 *
 * @param product version and commit of TEMPO
 * @param machine processor and software, on which the run's bits hang
 */
public record Provenance(String product, Machine machine) {}
