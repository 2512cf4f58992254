/**
 * Published question files, turned into the JSONL that recipes take: a form for each way in which publishers write a
 * question down.
 */
@NullMarked
package dev.tempo.datasets.published;

import org.jspecify.annotations.NullMarked;
