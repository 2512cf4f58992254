/**
 * Messages between the services: one record per message, one {@link dev.tempo.contract.Topic} per record type and
 * purpose. Nothing here depends on a framework, a broker or a tensor engine.
 */
@NullMarked
package dev.tempo.contract;

import org.jspecify.annotations.NullMarked;
