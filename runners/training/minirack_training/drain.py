"""Makes sure that the last words are heard: mpiexec drops what is still in a rank's pipe when the rank aborts."""

import fcntl
import struct
import termios
import time

LIMIT_SECONDS = 2.0


def wait_until_read(descriptor: int) -> bool:
    """Waits until the reader of this pipe has taken all that was written; False when it did not within the limit."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while _unread_bytes(descriptor) > 0:
        if time.monotonic() > deadline:
            return False
        # A pipe tells its writer nothing of being emptied: looking again is all there is.
        time.sleep(0.001)
    return True


def _unread_bytes(descriptor: int) -> int:
    try:
        answer = fcntl.ioctl(descriptor, termios.FIONREAD, struct.pack("i", 0))
    except OSError:
        return 0
    return int(struct.unpack("i", answer)[0])
