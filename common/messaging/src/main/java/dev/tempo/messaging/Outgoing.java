package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.List;

/**
 * Messages of one topic that domain code wants published, and acknowledged by the broker before what follows them.
 *
 * @param messages which nobody changes any more; not copied, since a long list may compute them when they are asked for
 */
public record Outgoing<V>(Topic<V> topic, List<V> messages) {}
