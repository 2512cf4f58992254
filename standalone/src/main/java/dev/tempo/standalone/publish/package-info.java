/** A finished policy as others take it: its directory completed for transformers, with a model card. */
@NullMarked
package dev.tempo.standalone.publish;

import org.jspecify.annotations.NullMarked;
