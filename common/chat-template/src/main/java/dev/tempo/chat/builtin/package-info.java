/** What a template may use without defining it: filters, tests, functions, the variable {@code loop}. */
@NullMarked
package dev.tempo.chat.builtin;

import org.jspecify.annotations.NullMarked;
