/** Questions of served chats that a run may learn from: whose are taken, and their way to the service that takes questions. */
@NullMarked
package dev.tempo.serving.learning;

import org.jspecify.annotations.NullMarked;
