/** Tests of plans by numbers computed by hand. */
@NullMarked
package dev.tempo.standalone.plan;

import org.jspecify.annotations.NullMarked;
