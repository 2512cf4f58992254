/** What a recipe's run takes: operations, bytes, devices and time, by arithmetic over what is assumed. */
@NullMarked
package dev.tempo.standalone.plan;

import org.jspecify.annotations.NullMarked;
