/**
 * The quickstart experiment's own material: worlds, their questions, the imperfect teacher, the base model. The running
 * system sees none of it, only the files written here.
 */
@NullMarked
package dev.tempo.standalone.quickstart;

import org.jspecify.annotations.NullMarked;
