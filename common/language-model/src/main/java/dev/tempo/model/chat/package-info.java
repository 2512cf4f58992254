/**
 * Chat templates as Hugging Face renders them: Jinja statements by jinjava, expressions as Python means them, no way
 * from a template to Java.
 */
@NullMarked
package dev.tempo.model.chat;

import org.jspecify.annotations.NullMarked;
