/**
 * The JSON files of a model's directory: config.json, read in every spelling and written, and the keys that such files may
 * have. Internal to the module.
 */
@NullMarked
package dev.tempo.model.config;

import org.jspecify.annotations.NullMarked;
