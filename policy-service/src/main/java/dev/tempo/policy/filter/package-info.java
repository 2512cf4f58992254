/** What is done to questions before they are stored: filters of their length, and of jars. */
@NullMarked
package dev.tempo.policy.filter;

import org.jspecify.annotations.NullMarked;
