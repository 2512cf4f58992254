@NullMarked
package dev.tempo.policy.http;

import org.jspecify.annotations.NullMarked;
