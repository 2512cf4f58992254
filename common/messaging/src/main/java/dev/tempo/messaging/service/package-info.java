/** What all services are alike in, whatever they do: the words of their health, the lines of a run in their logs, elapsed time. */
@NullMarked
package dev.tempo.messaging.service;

import org.jspecify.annotations.NullMarked;
