/** Question files as others publish them, turned into the JSONL that recipes take. */
@NullMarked
package dev.tempo.datasets.published;

import org.jspecify.annotations.NullMarked;
