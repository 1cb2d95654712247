"""What a run may tell others: MLflow what it did, and us what DVC tracks. Both are off unless asked for."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from .outcome import Outcome

TRACKED = re.compile(r"^- md5: (?P<md5>[0-9a-f]{32}(?:\.dir)?)$(?:\n^  .*$)*?\n^  path: (?P<path>.+)$", re.MULTILINE)
LOGGING = Path(__file__).with_name("log_to_mlflow.py")


class MissingPackageError(Exception):
    """A package that a hook needs."""


class NotLoggedError(Exception):
    """What MLflow said when it failed."""


def expect_mlflow(packages: dict[str, str]) -> None:
    """Fails before the run begins, not after it."""
    if not {"mlflow", "mlflow-skinny"} & set(packages):
        raise MissingPackageError("--mlflow: expected mlflow among the packages, got none; add it to requirements.txt")


def log_to_mlflow(python: str, store: Path, file: Path, values: dict[str, Any], outcome: Outcome, output: Path) -> None:
    """Logs a run that is over to a file store, with the run's own MLflow."""
    said = {
        "experiment": file.stem,
        "parameters": {name: str(value) for name, value in values.items()},
        "status": outcome.status,
        "reason": outcome.reason or "",
        "seconds": outcome.notebookSeconds or 0.0,
    }
    command = [python, "-I", str(LOGGING), str(store), str(output)]
    logging = subprocess.run(command, check=False, input=json.dumps(said), stderr=subprocess.PIPE, text=True)
    if logging.returncode != 0:
        raise NotLoggedError(logging.stderr.rstrip().split("\n")[-1])


def dvc_tracked(folder: Path) -> dict[str, str]:
    """What `*.dvc` files below a folder track: path → md5, as DVC has them."""
    tracked: dict[str, str] = {}
    for file in sorted(folder.rglob("*.dvc")):
        if file.is_file():
            for found in TRACKED.finditer(file.read_text(encoding="utf-8")):
                path = file.parent.relative_to(folder) / found["path"]
                tracked[str(path)] = found["md5"]
    return tracked
