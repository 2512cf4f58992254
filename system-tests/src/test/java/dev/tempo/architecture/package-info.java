/** What must hold between modules, and between the documentation and the code. */
@NullMarked
package dev.tempo.architecture;

import org.jspecify.annotations.NullMarked;
