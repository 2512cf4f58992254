/** How far runs are: what a broker's topics, the services and a workspace's files tell of them. */
@NullMarked
package dev.tempo.standalone.status;

import org.jspecify.annotations.NullMarked;
