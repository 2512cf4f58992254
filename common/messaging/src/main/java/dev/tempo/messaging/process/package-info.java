/** How the process of a service ends with the launcher that started it. */
@NullMarked
package dev.tempo.messaging.process;

import org.jspecify.annotations.NullMarked;
