@NullMarked
package dev.tempo.standalone.announcement;

import org.jspecify.annotations.NullMarked;
