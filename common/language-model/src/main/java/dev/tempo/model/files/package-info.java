/** Safetensors files: read with every byte accounted for, and written whole or not at all. */
@NullMarked
package dev.tempo.model.files;

import org.jspecify.annotations.NullMarked;
