"""Takes a notebook to its end, whichever that is, and says which it was."""

import asyncio
import atexit
import re
import signal
from typing import Any

from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from .live_client import LiveClient
from .memory import out_of_memory_kills

ANSI = re.compile(r"\x1b\[[0-9;]*m")


async def execute(client: LiveClient, seconds: float | None) -> int:
    """Runs every cell, within so many seconds where they are limited; gives the exit code."""
    kills = out_of_memory_kills()
    task = asyncio.ensure_future(client.async_execute())
    stops: list[bool] = []
    client.on_terminate = lambda: stops.append(_cancel(client, task))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, client.on_terminate)
    try:
        await asyncio.wait_for(asyncio.shield(task), seconds)
    except CellTimeoutError as error:
        return _fail(client, "timeout", _cell_timeout(client, error))
    except TimeoutError:
        return await _cancelled(client, task, "timeout", f"the whole run took longer than {seconds:g} s")
    except (DeadKernelError, asyncio.CancelledError):  # nbclient takes a cancel in a cell for a dead kernel
        if stops:
            return await _cancelled(client, task, "stopped", None)
        if out_of_memory_kills() > kills:
            return _fail(client, "outOfMemory", "out of memory")
        return _fail(client, "failed", "the kernel died: something in it crashed or killed it")
    except CellExecutionError as error:
        client.outcome.say(f"{ANSI.sub('', error.traceback)}\n")
        return _fail(client, "failed", f"{error.ename}: {error.evalue}")
    return _expect_whole(client)


def _fail(client: LiveClient, status: str, why: str) -> int:
    client.end_cell("failed")
    return client.outcome.end(status, f"{client.where()}: {why}")


def _cell_timeout(client: LiveClient, error: CellTimeoutError) -> str:
    """Two things for which nbclient has one error."""
    if "IOPub" in str(error):
        return f"what it printed did not arrive within {client.iopub_timeout} s of its end; print less, or to a file"
    return f"it took longer than {client.timeout:g} s"


async def _cancelled(client: LiveClient, task: "asyncio.Future[Any]", status: str, why: str | None) -> int:
    client.end_cell("failed")
    code = client.outcome.end(status, f"stopped in {client.where()}" if why is None else f"{client.where()}: {why}")
    client.save()  # before the kernel is waited for: it may take all the time that is left
    _cancel(client, task)
    if client.km is not None:
        await ensure_async(client.km.shutdown_kernel(now=True))
        atexit.unregister(client._cleanup_kernel)  # nbclient would look for that kernel once more
    await asyncio.wait([task], timeout=10)
    return code


def _cancel(client: LiveClient, task: "asyncio.Future[Any]") -> bool:
    """A kernel that were asked to end would complain of its cell, among the run's lines."""
    client.shutdown_kernel = "immediate"
    return task.cancel()


def _expect_whole(client: LiveClient) -> int:
    """A cell without its number was not run, or its answer was lost: that is no good end."""
    for number, at in enumerate(client.code_cells, 1):
        if client.nb.cells[at].execution_count is None:
            lost = f"cell {number} of {len(client.code_cells)}: expected its answer, got none: it was lost"
            return client.outcome.end("failed", f"{lost}; run it again")
    return client.outcome.end("finished", "finished")
