/** Safetensors files, every byte accounted for, and files that are written whole or not at all. */
@NullMarked
package dev.tempo.model.files;

import org.jspecify.annotations.NullMarked;
