"""Runs a notebook cell by cell in a kernel of its own."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from traitlets.config import Config

from .execute import execute
from .inject import UnknownParameterError, inject_parameters
from .kernel import RunKernelManager
from .live_client import LiveClient
from .outcome import Outcome
from .read_notebook import NotANotebookError, read_notebook


@dataclass
class Limits:
    """Seconds that the whole run, and each of its cells, may take."""

    seconds: float | None = None
    cell_seconds: float | None = None


def run_notebook(
    python: str, file: Path, output: Path, outcome: Outcome, values: dict[str, Any], limits: Limits
) -> int:
    """Runs it to its end; gives the exit code."""
    try:
        notebook = read_notebook(file)
        inject_parameters(notebook, values)
    except (NotANotebookError, UnknownParameterError) as error:
        return outcome.end("failed", str(error))
    with TemporaryDirectory(prefix="minirack-") as sockets:
        client = LiveClient(
            notebook,
            output,
            outcome,
            timeout=limits.cell_seconds,
            kernel_manager_class=RunKernelManager,
            # Kernel and client talk by files of the user's own: nobody else on the node, or in its network, can listen.
            config=Config(
                {"RunKernelManager": {"python": python, "transport": "ipc", "ip": f"{sockets}/kernel"}},
            ),
            iopub_timeout=60,
            raise_on_iopub_timeout=True,
            resources={"metadata": {"path": str(file.parent)}},
        )
        try:
            return asyncio.run(execute(client, limits.seconds))
        finally:
            client.end_leftovers()
            client.save()
