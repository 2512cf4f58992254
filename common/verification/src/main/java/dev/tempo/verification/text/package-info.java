/** The final answer in what a model wrote, and whether the sentence around it states that answer. */
@NullMarked
package dev.tempo.verification.text;

import org.jspecify.annotations.NullMarked;
