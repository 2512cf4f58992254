package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.function.BiConsumer;

/**
 * The messages of a work queue that workers took and did not finish. Each waits on a topic of its own, from which a worker takes
 * one at a time: a worker that dies of it takes no other message with it, and how often that happened is counted by the broker,
 * message by message.
 *
 * @param topic of the suspects; any worker of the group may write to it
 * @param fail ends a message that workers did not finish alone either; gets the reason. The message is a dead letter as well
 */
public record Suspects<V>(Topic<V> topic, BiConsumer<V, String> fail) {}
