"""What is said of a run, in `.minirack/outcome.json` of its output: always whole, also while it runs."""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

EXIT_CODES = {"finished": 0, "failed": 1, "timeout": 124, "outOfMemory": 137, "stopped": 143}


@dataclass
class CellOutcome:
    """A code cell that has begun; `seconds` are those until now while it runs."""

    index: int
    seconds: float = 0.0
    status: str = "running"


@dataclass
class Outcome:
    """How a run stands, in the words of the file."""

    status: str = "running"
    reason: str | None = None
    notebookSeconds: float | None = None  # noqa: N815 - the file's own words
    cells: list[CellOutcome] | None = None
    cellCount: int | None = None  # noqa: N815
    peakMemoryBytes: int | None = None  # noqa: N815
    printedBytes: int | None = None  # noqa: N815 - a node's engine may keep only the last of them
    python: str | None = None
    packages: dict[str, str] = field(default_factory=dict)
    dvc: dict[str, str] | None = None

    def write(self, output: Path) -> None:
        """Writes it beside, then renames: never half a file."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        write_whole(output / ".minirack" / "outcome.json", json.dumps(said, indent=2) + "\n")

    def say(self, text: str) -> None:
        """Prints what a notebook prints."""
        self.printedBytes = (self.printedBytes or 0) + len(text.encode(errors="backslashreplace"))
        print(text, end="", flush=True)

    def end(self, status: str, reason: str) -> int:
        """Notes the end and tells it; gives the exit code for it."""
        self.status, self.reason = status, reason
        if status != "finished":
            print(reason, file=sys.stderr, flush=True)
        return EXIT_CODES[status]


def write_whole(path: Path, text: str) -> None:
    """Puts a text into a file so that it is always whole, old or new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def write_lock(output: Path, packages: dict[str, str]) -> None:
    """Writes `requirements.lock`: what would make this environment again."""
    write_whole(output / "requirements.lock", "".join(f"{name}=={version}\n" for name, version in packages.items()))


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def seconds(self) -> float:
        """Rounded to milliseconds."""
        return round(time.monotonic() - self.begun, 3)
