/** The filters, tests, functions and variables that every template may use without defining them. */
@NullMarked
package dev.tempo.chat.builtin;

import org.jspecify.annotations.NullMarked;
