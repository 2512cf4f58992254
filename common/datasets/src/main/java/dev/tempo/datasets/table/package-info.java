/** Tables (Parquet, CSV) read by DuckDB in this process: the one package that sees it. */
@NullMarked
package dev.tempo.datasets.table;

import org.jspecify.annotations.NullMarked;
