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

# The same, and talks on for ever.
TALKING = "import itertools, os; print(os.getpid()); [print(number, flush=True) for number in itertools.count()]"


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
def test_a_command_s_lines_and_exit_code_are_passed_on(code: int) -> None:
    script = f"import sys; print('one'); print('aside', file=sys.stderr); sys.stdout.flush(); raise SystemExit({code})"
    process = start(sys.executable, "-c", script)
    lines = process.communicate(timeout=30)[0].splitlines()

    assert sorted(lines) == ["aside", "one"]
    assert process.returncode == code


def test_nothing_of_a_long_output_is_lost() -> None:
    process = start(sys.executable, "-c", "for number in range(100000): print(number)")
    lines = process.communicate(timeout=30)[0].splitlines()

    assert lines == [str(number) for number in range(100000)]


def test_a_signal_ends_the_command() -> None:
    process = start(sys.executable, "-c", WAITING)
    command = int(read_line(process))

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 130
    assert not is_running(command)


@pytest.mark.parametrize(
    "words", ["Timeout, server 172.31.0.12 not responding.", "Connection to 172.31.0.12 closed by remote host."]
)
def test_a_node_that_falls_silent_ends_the_command(words: str) -> None:
    halves = f"import sys; print({words[:9]!r}, end='', flush=True); print({words[9:]!r}, flush=True); "
    process = start(sys.executable, "-c", halves + WAITING)
    lines = process.communicate(timeout=30)[0].splitlines()

    assert words in lines
    assert json.loads(lines[-1]) == {"event": "lost", "address": "172.31.0.12"}
    assert process.returncode == 1


def test_a_reader_who_leaves_ends_the_command() -> None:
    process = start(sys.executable, "-c", TALKING)
    command = int(read_line(process))
    assert process.stdout

    process.stdout.close()

    assert process.wait(30) != 0
    assert not is_running(command)


def test_a_command_that_ignores_signals_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIRACK_GRACE_SECONDS", "0.2")
    ignoring = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    process = start(sys.executable, "-c", ignoring + WAITING)
    command = int(read_line(process))

    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 130
    assert not is_running(command)
