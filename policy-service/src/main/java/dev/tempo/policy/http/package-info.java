/** Questions that come by HTTP: who may send them, what is one, and that each is on the topic before it counts as taken. */
@NullMarked
package dev.tempo.policy.http;

import org.jspecify.annotations.NullMarked;
