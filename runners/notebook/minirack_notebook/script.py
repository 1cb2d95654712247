"""Runs a Python script to its end; what it prints goes to our own stdout and to execution.log as it comes."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from .memory import out_of_memory_kills
from .outcome import Outcome, Stopwatch

# A script that has ended may have left processes that hold its output open: they are ended, not waited for.
LAST_WORDS_SECONDS = 5.0


def run_script(command: list[str], output: Path, outcome: Outcome, seconds: float | None) -> int:
    """Runs a Python with a script's file and arguments; gives the exit code."""
    kills, watch = out_of_memory_kills(), Stopwatch()
    process = _start(command)
    ended_by: list[str] = []

    def end(why: str) -> None:
        ended_by.append(why)
        _kill(process, signal.SIGTERM)
        killing = threading.Timer(10, _kill, (process, signal.SIGKILL))
        killing.daemon = True
        killing.start()

    signal.signal(signal.SIGTERM, lambda *_: end("stopped"))
    timer = threading.Timer(seconds, end, ("timeout",)) if seconds is not None else None
    if timer is not None:
        timer.start()
    copying = threading.Thread(target=_copy, args=(process, output), daemon=True)
    copying.start()
    code = process.wait()
    outcome.notebookSeconds = watch.seconds()
    if timer is not None:
        timer.cancel()
    copying.join(LAST_WORDS_SECONDS)
    if copying.is_alive():
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return _judge(outcome, code, ended_by, seconds, out_of_memory_kills() > kills)


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _copy(process: "subprocess.Popen[bytes]", output: Path) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    with (output / "execution.log").open("wb", buffering=0) as log:
        while chunk := os.read(process.stdout.fileno(), 65536):
            log.write(chunk)
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()


def _kill(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def _judge(outcome: Outcome, code: int, ended_by: list[str], seconds: float | None, is_out_of_memory: bool) -> int:
    if "timeout" in ended_by:
        return outcome.end("timeout", f"it took longer than {seconds:g} s")
    if "stopped" in ended_by:
        return outcome.end("stopped", "stopped")
    if code == 0:
        return outcome.end("finished", "finished")
    if is_out_of_memory:
        return outcome.end("outOfMemory", "out of memory")
    how = f"exit code {code}" if code > 0 else f"signal {signal.Signals(-code).name}"
    return outcome.end("failed", f"the script ended with {how}; its last lines are in execution.log")
