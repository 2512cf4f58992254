/**
 * A model on disk in the form of Hugging Face: its directory, its checkpoint, and LoRA adapters in the form of PEFT.
 */
@NullMarked
package dev.tempo.model.directory;

import org.jspecify.annotations.NullMarked;
