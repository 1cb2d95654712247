"""What a run may tell others: MLflow what it did, and us what DVC tracks. Both are off unless asked for."""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .outcome import Outcome

TRACKED = re.compile(r"^- md5: (?P<md5>[0-9a-f]{32}(?:\.dir)?)$(?:\n^  .*$)*?\n^  path: (?P<path>.+)$", re.MULTILINE)
MLFLOW_STATUS = {"finished": "FINISHED", "stopped": "KILLED"}


class MissingPackageError(Exception):
    """A package that a hook needs."""


def expect_mlflow() -> None:
    """Fails before the run begins, not after it."""
    if find_spec("mlflow") is None:
        raise MissingPackageError("--mlflow: expected mlflow among the packages, got none; add it to requirements.txt")


def log_to_mlflow(store: Path, file: Path, values: dict[str, Any], outcome: Outcome, output: Path) -> None:
    """Logs a run that is over to a file store: parameters, seconds, end, and the files that it left."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"  # MLflow would have a database; files need no server
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # an image without git is no news
    import mlflow

    mlflow.set_tracking_uri(store.absolute().as_uri())
    mlflow.set_experiment(file.stem)
    mlflow.start_run()
    mlflow.log_params(values)
    mlflow.set_tags({"minirack.status": outcome.status, "minirack.reason": outcome.reason or ""})
    mlflow.log_metric("seconds", outcome.notebookSeconds or 0.0)
    for path in sorted(output.iterdir()):
        if path.name.startswith(".") or store.is_relative_to(path):
            continue
        if path.is_file():
            mlflow.log_artifact(str(path))
        else:
            mlflow.log_artifacts(str(path), path.name)
    mlflow.end_run(MLFLOW_STATUS.get(outcome.status, "FAILED"))


def dvc_tracked(folder: Path) -> dict[str, str]:
    """What `*.dvc` files below a folder track: path → md5, as DVC has them."""
    tracked: dict[str, str] = {}
    for file in sorted(folder.rglob("*.dvc")):
        if file.is_file():
            for found in TRACKED.finditer(file.read_text(encoding="utf-8")):
                path = file.parent.relative_to(folder) / found["path"]
                tracked[str(path)] = found["md5"]
    return tracked
