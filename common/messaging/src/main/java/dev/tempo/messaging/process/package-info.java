/** The process of a service, which ends with the launcher that started it. */
@NullMarked
package dev.tempo.messaging.process;

import org.jspecify.annotations.NullMarked;
