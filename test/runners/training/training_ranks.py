"""Runs the trainer as mpiexec would on the nodes: real ranks, on this machine's loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "runners" / "training"

Event = dict[str, Any]


class Told:
    """What a run told: its exit code, its events, and all its text."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.text = done.stdout + done.stderr
        self.events: list[Event] = [
            json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"event"')
        ]

    def only(self, event: str) -> list[Event]:
        return [found for found in self.events if found["event"] == event]


Train = Callable[..., Told]


def train_in(folder: Path, ranks: int, *arguments: str, domains: dict[str, str] | None = None) -> Told:
    """Trains with N ranks; `domains` are files put beside those of the project."""
    (folder / "domains").mkdir(exist_ok=True)
    for name, content in (domains or {}).items():
        (folder / "domains" / f"{name}.py").write_text(content)
    mpiexec = [str(Path(sys.executable).parent / "mpiexec"), "-n", str(ranks)]
    command = [*mpiexec, sys.executable, "-m", "minirack_training", *arguments]
    environment = {**os.environ, "PYTHONPATH": f"{PACKAGE}:{folder}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    return Told(subprocess.run(command, capture_output=True, text=True, env=environment, timeout=100, check=False))
