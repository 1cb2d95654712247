import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from training_ranks import PACKAGE

# Tells its own process id, then waits for an end that only comes from outside.
WAITING = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"


def start(*command: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    supervisor = [sys.executable, "-m", "minirack_training.supervise", *command]
    return subprocess.Popen(supervisor, stdout=subprocess.PIPE, text=True, env=environment)


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() if sys.platform == "linux" else os.system(f"kill -0 {pid}") == 0  # noqa: S605


@pytest.mark.parametrize("code", [0, 3])
def test_the_command_s_exit_code_is_the_last_thing_told(code: int) -> None:
    process = start(sys.executable, "-c", f"raise SystemExit({code})")
    lines = process.communicate(timeout=30)[0].splitlines()

    assert json.loads(lines[0]) == {"event": "supervisor", "pid": process.pid}
    assert json.loads(lines[-1]) == {"event": "exit", "code": code}
    assert process.returncode == code


def test_a_signal_ends_the_command() -> None:
    process = start(sys.executable, "-c", WAITING)
    read_line(process)
    command = int(read_line(process))

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 130
    assert not is_running(command)


def test_a_reader_who_leaves_ends_the_command() -> None:
    process = start(sys.executable, "-c", WAITING)
    read_line(process)
    command = int(read_line(process))
    assert process.stdout

    process.stdout.close()

    assert process.wait(30) != 0
    assert not is_running(command)


def test_a_command_that_ignores_signals_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIRACK_GRACE_SECONDS", "0.2")
    ignoring = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    process = start(sys.executable, "-c", ignoring + WAITING)
    read_line(process)
    command = int(read_line(process))

    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 130
    assert not is_running(command)
