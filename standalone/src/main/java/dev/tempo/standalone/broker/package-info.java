/** A real single-node Kafka broker from the Maven jars, as a process of its own on a durable directory. */
@NullMarked
package dev.tempo.standalone.broker;

import org.jspecify.annotations.NullMarked;
