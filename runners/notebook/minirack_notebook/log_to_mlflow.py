"""Logs a run that is over to an MLflow file store: by the run's own Python, which has MLflow. JSON comes by stdin."""

import json
import os
import sys
from pathlib import Path
from typing import Any

MLFLOW_STATUS = {"finished": "FINISHED", "stopped": "KILLED"}


def log_to_mlflow(store: Path, output: Path, said: dict[str, Any]) -> None:
    """Parameters, seconds, end, and the files that it left."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"  # MLflow would have a database; files need no server
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # an image without git is no news
    import mlflow

    mlflow.set_tracking_uri(store.absolute().as_uri())
    mlflow.set_experiment(said["experiment"])
    mlflow.start_run()
    mlflow.log_params(said["parameters"])
    mlflow.set_tags({"minirack.status": said["status"], "minirack.reason": said["reason"]})
    mlflow.log_metric("seconds", said["seconds"])
    for path in sorted(output.iterdir()):
        if path.name.startswith(".") or store.is_relative_to(path):
            continue
        if path.is_file():
            mlflow.log_artifact(str(path))
        else:
            mlflow.log_artifacts(str(path), path.name)
    mlflow.end_run(MLFLOW_STATUS.get(said["status"], "FAILED"))


if __name__ == "__main__":
    try:
        log_to_mlflow(Path(sys.argv[1]), Path(sys.argv[2]), json.load(sys.stdin))
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
