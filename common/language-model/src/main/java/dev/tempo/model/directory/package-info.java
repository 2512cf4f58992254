/** Models on disk as Hugging Face writes them: directory, config, tokenizer, weights; and LoRA adapters as PEFT writes them. */
@NullMarked
package dev.tempo.model.directory;

import org.jspecify.annotations.NullMarked;
