@NullMarked
package dev.tempo.policy.filter;

import org.jspecify.annotations.NullMarked;
