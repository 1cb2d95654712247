"""Runs a notebook cell by cell, telling how it goes; what there is of it is kept at every moment."""

import asyncio
import atexit
import json
import re
import signal
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from .memory import out_of_memory_kills
from .outcome import CellOutcome, Outcome, Stopwatch, write_whole
from .parameters import UnknownParameterError, inject_parameters

SAVE_SECONDS = 1.0
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class LiveClient(NotebookClient):
    """Prints what cells print as they do, and keeps the notebook and the outcome as it goes on."""

    def __init__(self, notebook: NotebookNode, output: Path, outcome: Outcome, **options: Any) -> None:  # noqa: ANN401 - nbclient's own
        super().__init__(notebook, **options)
        self.output_folder = output
        self.outcome = outcome
        self.code_cells = [at for at, cell in enumerate(notebook.cells) if _is_run(cell)]
        self.watch = Stopwatch()
        self.saved = Stopwatch()
        self.on_terminate: Callable[[], object] = lambda: None
        self.begun: list[CellOutcome] = []
        outcome.cells, outcome.cellCount = self.begun, len(self.code_cells)
        self.on_cell_start = self._begin
        self.on_cell_executed = self._end

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Shows a stream's text at once."""
        content = msg["content"]
        if msg["msg_type"] == "stream":
            print(content["text"], end="", flush=True)
        elif msg["msg_type"] == "execute_result":
            print(content["data"].get("text/plain", ""), flush=True)
        return super().output(outs, msg, display_id, cell_index)

    def where(self) -> str:
        """The cell that runs, or ran last: `cell 3 of 10`."""
        return f"cell {max(1, len(self.begun))} of {len(self.code_cells)}"

    def save(self) -> None:
        """Keeps the notebook as it is now, and the outcome."""
        write_whole(self.output_folder / "executed.ipynb", nbformat.writes(self.nb) + "\n")
        self.outcome.write(self.output_folder)
        self.saved = Stopwatch()

    def _begin(self, cell: NotebookNode, cell_index: int) -> None:
        if cell_index not in self.code_cells:
            return
        # nbclient has put a handler of its own there, which would leave us waiting.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.on_terminate)
        self.watch = Stopwatch()
        self.begun.append(CellOutcome(index=self.code_cells.index(cell_index) + 1))
        print(f"{self.where()} …", flush=True)
        if self.saved.seconds() > SAVE_SECONDS or cell_index == self.code_cells[0]:
            self.save()
        else:
            self.outcome.write(self.output_folder)

    def _end(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        if cell_index not in self.code_cells or execute_reply["content"]["status"] == "error":
            return
        self.end_cell("done")
        print(f"{self.where()}: {self.watch.seconds():.1f} s", flush=True)

    def end_cell(self, status: str) -> None:
        """Notes how the cell that runs has ended."""
        running = [one for one in self.begun if one.status == "running"]
        for one in running:
            one.seconds, one.status = self.watch.seconds(), status
        self.outcome.notebookSeconds = round(sum(one.seconds for one in self.begun), 3)


def run_notebook(
    file: Path,
    output: Path,
    outcome: Outcome,
    values: dict[str, Any],
    seconds: float | None,
    cell_seconds: float | None,
) -> int:
    """Runs it to its end; gives the exit code."""
    notebook = nbformat.read(file, as_version=4)
    try:
        inject_parameters(notebook, values)
    except UnknownParameterError as error:
        return outcome.end("failed", str(error))
    with TemporaryDirectory(prefix="minirack-") as sockets:
        client = LiveClient(
            notebook,
            output,
            outcome,
            timeout=cell_seconds,
            kernel_name="python3",
            # Kernel and client talk by files of the user's own: nobody else on the node, or in its network, can listen.
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
            raise_on_iopub_timeout=True,
            resources={"metadata": {"path": str(file.parent)}},
        )
        code = asyncio.run(_execute(client, seconds))
        client.save()
    return code


async def _execute(client: LiveClient, seconds: float | None) -> int:
    kills = out_of_memory_kills()
    task = asyncio.ensure_future(client.async_execute())
    stops: list[bool] = []

    def stop() -> None:
        stops.append(task.cancel())

    client.on_terminate = stop
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    try:
        await asyncio.wait_for(asyncio.shield(task), seconds)
    except CellTimeoutError:
        client.end_cell("failed")
        return client.outcome.end("timeout", f"{client.where()}: it took longer than {client.timeout:g} s")
    except TimeoutError:
        return await _cancelled(
            client, task, "timeout", f"{client.where()}: the whole run took longer than {seconds:g} s"
        )
    except (DeadKernelError, asyncio.CancelledError):  # nbclient takes a cancel in a cell for a dead kernel
        if stops:
            return await _cancelled(client, task, "stopped", f"stopped in {client.where()}")
        client.end_cell("failed")
        if out_of_memory_kills() > kills:
            return client.outcome.end("outOfMemory", f"{client.where()}: out of memory")
        return client.outcome.end("failed", f"{client.where()}: the kernel died: something in it crashed or killed it")
    except CellExecutionError as error:
        client.end_cell("failed")
        print(ANSI.sub("", error.traceback), flush=True)
        return client.outcome.end("failed", f"{client.where()}: {error.ename}: {error.evalue}")
    return _expect_whole(client)


async def _cancelled(client: LiveClient, task: "asyncio.Future[Any]", status: str, reason: str) -> int:
    client.end_cell("failed")
    client.outcome.end(status, reason)
    client.save()  # before the kernel is waited for: it may take all the time that is left
    task.cancel()
    if client.km is not None:
        await ensure_async(client.km.shutdown_kernel(now=True))
        atexit.unregister(client._cleanup_kernel)  # nbclient would look for that kernel once more
    await asyncio.wait([task], timeout=10)
    return client.outcome.end(status, reason)


def _expect_whole(client: LiveClient) -> int:
    """A cell without its number was not run, or its answer was lost: that is no good end."""
    for number, at in enumerate(client.code_cells, 1):
        if client.nb.cells[at].execution_count is None:
            reason = (
                f"cell {number} of {len(client.code_cells)}: expected its answer, got none: it was lost; run it again"
            )
            return client.outcome.end("failed", reason)
    return client.outcome.end("finished", "finished")


def _is_run(cell: NotebookNode) -> bool:
    """As nbclient has it: code, not empty, not tagged to be skipped."""
    return (
        cell.cell_type == "code" and bool(cell.source.strip()) and "skip-execution" not in cell.metadata.get("tags", [])
    )


def read_parameters(path: Path | None) -> dict[str, Any]:
    """Name → value, of a JSON file."""
    if path is None:
        return {}
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values
