/** Files that tests of every module read and that are not part of the checkout. */
@NullMarked
package dev.tempo.testfiles;

import org.jspecify.annotations.NullMarked;
