/**
 * The arithmetic of models as TorchScript text, which is loaded into libtorch and called, and the blocks of rows in which its
 * matrix products are computed so that results are reproducible. Internal to the module.
 */
@NullMarked
package dev.tempo.model.scripts;

import org.jspecify.annotations.NullMarked;
