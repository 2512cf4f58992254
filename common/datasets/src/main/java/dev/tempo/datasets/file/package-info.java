/** Data files that cannot be read: what they are, told by their first bytes and their structure, and what to do. */
@NullMarked
package dev.tempo.datasets.file;

import org.jspecify.annotations.NullMarked;
