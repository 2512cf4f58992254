/** What operators want of runs: how it is announced, by several of them at a time. */
@NullMarked
package dev.tempo.standalone.announcement;

import org.jspecify.annotations.NullMarked;
