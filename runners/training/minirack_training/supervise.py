"""`python -m minirack_training.supervise COMMAND...`: runs mpiexec, and ends it when nothing else would.

mpiexec ends its ranks on all nodes when one of them dies, and when it gets a signal. It waits for ever for a node that
has fallen silent: of that only the ssh that it started says something. This process passes on what mpiexec prints, and
waits for three things at once: mpiexec's end, a signal, and those words.
"""

import os
import re
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
LOST = 1
"""The exit code of a run whose node fell silent."""
_LOST_WORDS = re.compile(rb"^(?:Timeout, server|Connection to) (\S+) (?:not responding|closed by remote host)", re.M)
_BLOCK_BYTES = 65536
_LINE_BYTES = 1024


class Supervisor:
    """One run of a command."""

    def __init__(self, command: Sequence[str]) -> None:
        """Starts it; from now on signals to this process are for it."""
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            # The number goes through the pipe; the handler has nothing left to do.
            signal.signal(number, lambda *_: None)
        # A group of its own: what mpiexec starts on this node can be ended with it.
        self.child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.printed = self.child.stdout.fileno() if self.child.stdout else -1
        self.text = b""

    def run(self) -> int:
        """Runs the command to its end, and returns its exit code; a signal or a lost node ends it earlier."""
        try:
            code = self._wait()
        finally:
            # Whatever happened here, a full disk too: no rank goes on unseen.
            self._end()
        self._pass_on_rest()
        return code

    def _wait(self) -> int:
        poller = select.poll()
        poller.register(self.woken, select.POLLIN)
        poller.register(self.printed, select.POLLIN)
        while self.child.poll() is None:
            for descriptor, _ in poller.poll():
                if descriptor == self.woken:
                    if any(number in STOP_SIGNALS for number in os.read(self.woken, 64)):
                        return STOPPED
                elif not self._pass_on():
                    poller.unregister(descriptor)
                if lost := _LOST_WORDS.search(self.text):
                    emit("lost", address=lost[1].decode())
                    return LOST
        return self.child.returncode if self.child.returncode >= 0 else 128 - self.child.returncode

    def _pass_on(self) -> bool:
        """Passes on what there is; False when nothing will come any more."""
        block = os.read(self.printed, _BLOCK_BYTES)
        sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
        # Of what was searched the line stays that is not whole: a word may come in two blocks.
        self.text = self.text[self.text.rfind(b"\n") + 1 :][-_LINE_BYTES:] + block
        return block != b""

    def _pass_on_rest(self) -> None:
        """What mpiexec printed is all there once it has ended; a process that it left behind is not waited for."""
        while select.select([self.printed], [], [], 0)[0] and self._pass_on():
            pass

    def _end(self) -> None:
        """Asks mpiexec to end its ranks everywhere; after the grace kills it, upon which its proxies end theirs."""
        if self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


def main() -> None:
    """Ends with the command's exit code."""
    sys.exit(Supervisor(sys.argv[1:]).run())


if __name__ == "__main__":
    main()
