/**
 * The model's maths as TorchScript text, loaded into libtorch and called; and in blocks of how many rows its products
 * run. Internal to the module.
 */
@NullMarked
package dev.tempo.model.scripts;

import org.jspecify.annotations.NullMarked;
