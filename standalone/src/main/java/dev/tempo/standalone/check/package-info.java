/** What is checked before anything starts: data sets against each other, the machine, the model, the ports. */
@NullMarked
package dev.tempo.standalone.check;

import org.jspecify.annotations.NullMarked;
