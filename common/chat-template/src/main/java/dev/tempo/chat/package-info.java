/**
 * Chat templates as Hugging Face renders them: an interpreter of jinja2's statements and expressions. A template cannot reach
 * Java objects, and its rendering is bounded.
 */
@NullMarked
package dev.tempo.chat;

import org.jspecify.annotations.NullMarked;
