"""Prints every scalar of a directory of event files as TensorBoard itself reads them: tag, step, wall time, value."""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
events.Reload()
for tag in sorted(events.Tags()["scalars"]):
    for scalar in events.Scalars(tag):
        print(json.dumps({"tag": tag, "step": scalar.step, "wallTime": scalar.wall_time, "value": scalar.value}))
