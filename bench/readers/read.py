"""Reads what halo wrote with the readers of others and prints it as JSON: read.py FOLDER MLFLOW_URL RUN."""

import json
import sys
from pathlib import Path

folder, url, run = Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def tensorboard() -> dict:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder / "tensorboard" / run))
    events.Reload()
    tags = events.Tags()
    return {
        "scalars": {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in tags["scalars"]},
        "images": {tag: len(events.Images(tag)[0].encoded_image_string) for tag in tags["images"]},
    }


def mlflow() -> dict:
    from mlflow import MlflowClient

    client = MlflowClient(url)
    experiment = client.get_experiment_by_name("halo")
    found = client.search_runs([experiment.experiment_id], f"tags.`halo.run` = '{run}'")
    (one,) = found
    names = sorted(one.data.metrics)
    history = {name: [[m.step, m.value] for m in client.get_metric_history(one.info.run_id, name)] for name in names}
    files = [
        f.path
        for step in client.list_artifacts(one.info.run_id, "worst")
        for f in client.list_artifacts(one.info.run_id, step.path)
    ]
    return {"status": one.info.status, "metrics": history, "params": one.data.params, "pictures": files}


def datasets() -> dict:
    from datasets import load_dataset

    loaded = {}
    for name in ("sft", "pairs"):
        rows = load_dataset(
            "json", data_files=str(folder / f"{name}.jsonl"), split="train", cache_dir=str(folder / "cache")
        )
        loaded[name] = {"rows": len(rows), "columns": sorted(rows.column_names), "first": rows[0]}
    return loaded


print(json.dumps({"tensorboard": tensorboard(), "mlflow": mlflow(), "datasets": datasets()}))
