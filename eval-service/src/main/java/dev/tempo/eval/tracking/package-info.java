/** What a run's metrics.jsonl says as trackers of experiments want it: TensorBoard's event files, MLflow's runs. */
@NullMarked
package dev.tempo.eval.tracking;

import org.jspecify.annotations.NullMarked;
