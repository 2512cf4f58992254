"""Prints the runs of experiment 'tempo' as MLflow's own client reads them: status, tags, parameters, and the history of every metric."""
import json
import sys

from mlflow.tracking import MlflowClient

client = MlflowClient(sys.argv[1])
experiment = client.get_experiment_by_name("tempo")
for run in client.search_runs([experiment.experiment_id]):
    history = {
        name: [[m.step, m.timestamp, m.value] for m in client.get_metric_history(run.info.run_id, name)]
        for name in run.data.metrics
    }
    print(json.dumps({
        "id": run.info.run_id, "name": run.info.run_name, "status": run.info.status, "start": run.info.start_time,
        "end": run.info.end_time, "tags": run.data.tags, "params": run.data.params, "metrics": history}))
