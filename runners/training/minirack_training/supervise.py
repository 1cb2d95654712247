"""`python -m minirack_training.supervise COMMAND...`: runs mpiexec for as long as someone listens.

When an SSH connection is gone, sshd closes its end of our stdout and tells nobody; mpiexec would train on, unseen, on
every node. This process waits for three things at once: mpiexec's end, a signal, and the other end of stdout closing.
In the last two it ends mpiexec, which ends its ranks on all nodes.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence

from minirack_training.events import emit

GRACE_SECONDS = float(os.environ.get("MINIRACK_GRACE_SECONDS", "10"))
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STOPPED = 130
"""The exit code of a run that was asked to end, as a shell's after Ctrl-C."""


def supervise(command: Sequence[str], watched: int) -> int:
    """Runs the command to its end, or until file descriptor `watched` has no reader; returns its exit code.

    Signals end the command and give STOPPED.
    """
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (*STOP_SIGNALS, signal.SIGCHLD):
        # The number goes through the pipe; the handler has nothing left to do.
        signal.signal(number, lambda *_: None)
    # A group of its own: what mpiexec starts on this node can be ended with it.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    stopped = _wait(child, woken, watched)
    if not stopped:
        return child.wait() if child.returncode >= 0 else 128 - child.returncode
    _end(child)
    return STOPPED


def _wait(child: subprocess.Popen[bytes], woken: int, watched: int) -> bool:
    """Blocks until the child has ended (False) or is to be ended (True)."""
    poller = select.poll()
    poller.register(woken, select.POLLIN)
    # No event asked for: an error or hang-up is told all the same, and that is the reader leaving.
    poller.register(watched, 0)
    while child.poll() is None:
        for descriptor, _ in poller.poll():
            if descriptor == watched or any(number in STOP_SIGNALS for number in os.read(woken, 64)):
                return True
    return False


def _end(child: subprocess.Popen[bytes]) -> None:
    """Asks mpiexec to end its ranks everywhere; after the grace kills it, upon which its proxies end theirs."""
    child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def main() -> None:
    """Tells the process id to be signalled first, and the exit code last: without it the run was cut off."""
    emit("supervisor", pid=os.getpid())
    code = supervise(sys.argv[1:], sys.stdout.fileno())
    with contextlib.suppress(BrokenPipeError):
        emit("exit", code=code)
    sys.exit(code)


if __name__ == "__main__":
    main()
