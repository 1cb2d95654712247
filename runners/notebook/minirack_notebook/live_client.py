"""Jupyter's client, telling how it goes: what there is of the notebook is kept while it runs."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.client import KernelClient
from nbclient import NotebookClient
from nbformat import NotebookNode

from .outcome import CellOutcome, Outcome, Stopwatch, write_whole

SAVE_SECONDS = 1.0
# What a cell prints beyond that is not kept in the notebook: it would fill the memory.
MOST_CHARACTERS_OF_CELL = 4 << 20
ELSEWHERE = "… what this cell printed from here on is in execution.log"
# Beyond 1000 messages that wait to be read ZeroMQ throws output away and tells nobody: no such bound at either end.
UNBOUNDED_OUTPUT = (
    "(lambda thread: thread.schedule(lambda: thread.socket.set_hwm(0)))(get_ipython().kernel.iopub_thread)"
)


class LiveClient(NotebookClient):
    """Prints what cells print as they do, and keeps the notebook and the outcome as it goes on."""

    def __init__(self, notebook: NotebookNode, output: Path, outcome: Outcome, **options: Any) -> None:  # noqa: ANN401 - nbclient's own
        super().__init__(notebook, extra_arguments=[f"--IPKernelApp.exec_lines={[UNBOUNDED_OUTPUT]!r}"], **options)
        self.output_folder = output
        self.outcome = outcome
        self.code_cells = [at for at, cell in enumerate(notebook.cells) if _is_run(cell)]
        self.watch = Stopwatch()
        self.saved = Stopwatch()
        self.save_pause = 0.0
        self.characters_left = MOST_CHARACTERS_OF_CELL
        self.kernel_group: int | None = None
        self.on_terminate: Callable[[], object] = lambda: None
        self.begun: list[CellOutcome] = []
        outcome.cells, outcome.cellCount = self.begun, len(self.code_cells)
        self.on_cell_start = self._begin
        self.on_cell_executed = self._end

    async def async_start_new_kernel(self, **options: Any) -> None:  # noqa: ANN401 - nbclient's own
        """Takes SIGTERM back first: nbclient has just put a handler of its own there, which would leave us waiting."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.on_terminate)
        await super().async_start_new_kernel(**options)
        self.kernel_group = getattr(getattr(self.km, "provisioner", None), "pgid", None)

    async def async_start_new_kernel_client(self) -> KernelClient:
        """Lets as much output wait for us as there is."""
        client = await super().async_start_new_kernel_client()
        client.iopub_channel.socket.set_hwm(0)
        return client

    def end_leftovers(self) -> None:
        """Ends what the kernel has left running."""
        if self.kernel_group is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.kernel_group, signal.SIGKILL)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Shows a text at once, and keeps it soon: a cell may take hours."""
        content = msg["content"]
        if msg["msg_type"] == "stream":
            self.outcome.say(content["text"])
            content["text"] = self._room_for(content["text"])
            if content["text"] == "":
                return None
        elif msg["msg_type"] == "execute_result":
            self.outcome.say(f"{content['data'].get('text/plain', '')}\n")
        added = super().output(outs, msg, display_id, cell_index)
        self._save_now_and_then()
        return added

    def clear_output(self, outs: list[NotebookNode], msg: dict[str, Any], cell_index: int) -> None:
        """What a cell takes back makes room."""
        self.characters_left = MOST_CHARACTERS_OF_CELL
        super().clear_output(outs, msg, cell_index)

    def _room_for(self, text: str) -> str:
        """What of it is kept in the notebook."""
        if self.characters_left < 0:
            return ""
        kept = text[: self.characters_left]
        self.characters_left -= len(text)
        return kept if self.characters_left >= 0 else f"{kept}\n{ELSEWHERE}\n"

    def where(self) -> str:
        """The cell that runs, or ran last: `cell 3 of 10`."""
        return f"cell {max(1, len(self.begun))} of {len(self.code_cells)}"

    def save(self) -> None:
        """Keeps the notebook as it is now, and the outcome."""
        saving = Stopwatch()
        write_whole(self.output_folder / "executed.ipynb", nbformat.writes(self.nb) + "\n")
        self.outcome.write(self.output_folder)
        self.saved = Stopwatch()
        self.save_pause = max(SAVE_SECONDS, 20 * saving.seconds())

    def end_cell(self, status: str) -> None:
        """Notes how the cell that runs has ended."""
        for one in self.begun:
            if one.status == "running":
                one.seconds, one.status = self.watch.seconds(), status
        self.outcome.notebookSeconds = round(sum(one.seconds for one in self.begun), 3)

    def _begin(self, cell: NotebookNode, cell_index: int) -> None:
        if cell_index not in self.code_cells:
            return
        self.watch = Stopwatch()
        self.characters_left = MOST_CHARACTERS_OF_CELL
        self.begun.append(CellOutcome(index=self.code_cells.index(cell_index) + 1))
        self.outcome.say(f"{self.where()} …\n")
        if not self._save_now_and_then():
            self.outcome.write(self.output_folder)

    def _end(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        is_failure = execute_reply["content"]["status"] == "error" and not _has_tag(cell, "raises-exception")
        if cell_index not in self.code_cells or is_failure:
            return
        self.end_cell("done")
        self.outcome.say(f"{self.where()}: {self.watch.seconds():.1f} s\n")

    def _save_now_and_then(self) -> bool:
        """Saves unless it was done a moment ago; a notebook that takes long to save is saved less often."""
        is_due = self.saved.seconds() >= self.save_pause
        if is_due:
            self.save()
        return is_due


def _is_run(cell: NotebookNode) -> bool:
    """As nbclient has it: code, not empty, not tagged to be skipped."""
    return cell.cell_type == "code" and bool(cell.source.strip()) and not _has_tag(cell, "skip-execution")


def _has_tag(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])
