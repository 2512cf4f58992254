/**
 * Chat templates as Hugging Face renders them: jinja2's statements, filters and tests over Python's values, and no way
 * from a template to Java.
 */
@NullMarked
package dev.tempo.chat;

import org.jspecify.annotations.NullMarked;
