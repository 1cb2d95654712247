"""What a random run does, as `randomRun.ts` has drawn it; a step that this system refuses is passed over."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

OUTPUT = os.environ["MINIRACK_OUTPUT"].encode()


def at(name: str) -> bytes:
    """A path in the output; names are written as hexadecimal numbers."""
    return os.path.join(OUTPUT, bytes.fromhex(name))


def write(name: str, size: int, byte: int = 0x78) -> None:
    with suppress(OSError):
        os.makedirs(os.path.dirname(at(name)), exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK  # a pipe that nobody reads would wait for ever
    with os.fdopen(os.open(at(name), flags, 0o666), "wb") as file:
        for start in range(0, size, 1 << 20):
            file.write(bytes([byte]) * min(1 << 20, size - start))


def sparse(name: str, size: int, data: int) -> None:
    write(name, 0)
    os.truncate(at(name), size)
    with open(at(name), "r+b") as file:
        file.seek(size // 2)
        file.write(b"d" * data)


def link(name: str, target: str) -> None:
    os.symlink(bytes.fromhex(target), at(name))


def folder(name: str) -> None:
    os.makedirs(at(name), exist_ok=True)


def many(name: str, count: int) -> None:
    folder(name)
    for number in range(count):
        write((bytes.fromhex(name) + b"/%d" % number).hex(), number % 50)


def deep(name: str, count: int) -> None:
    path = bytes.fromhex(name)
    for _ in range(count):
        folder(path.hex())
        path += b"/" + bytes.fromhex(name)[:20]
    write(path.hex(), 10)


def listen(name: str) -> None:
    os.chdir(OUTPUT)  # a socket's whole path may have a hundred bytes
    socket.socket(socket.AF_UNIX).bind(bytes.fromhex(name))


def say(text: str, times: int) -> None:
    for _ in range(times):
        sys.stdout.buffer.write(bytes.fromhex(text)) if hasattr(sys.stdout, "buffer") else print(
            bytes.fromhex(text).decode(errors="replace"), end=""
        )
    sys.stdout.flush()


STEPS: dict[str, Callable[..., object]] = {
    "file": write,
    "sparse": sparse,
    "link": link,
    "hardLink": lambda name, target: os.link(at(target), at(name)),
    "folder": folder,
    "pipe": lambda name: os.mkfifo(at(name)),
    "socket": listen,
    "mode": lambda name, mode: os.chmod(at(name), mode),
    "many": many,
    "deep": deep,
    "remove": lambda name: os.unlink(at(name)),
    "rename": lambda name, target: os.replace(at(name), at(target)),
    "say": say,
}


def use_memory() -> None:
    held = []
    while True:
        held.append(bytearray(os.urandom(1 << 20)))


def wait() -> None:
    print("\nwaiting", flush=True)  # a line of its own
    time.sleep(600)


ENDS: dict[str, Callable[[], object]] = {
    "return": lambda: None,
    "exit": lambda: sys.exit(3),
    "raise": lambda: 1 / 0,
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crashed": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "executorKilled": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "memory": use_memory,
    "wait": wait,
    "timeout": wait,
}


def do(plan: str) -> None:
    asked: dict[str, Any] = json.loads(plan)
    for step, *values in asked["steps"]:
        with suppress(OSError, ValueError):
            STEPS[step](*values)
    ENDS[asked["end"]]()


if __name__ == "__main__":
    do(sys.argv[1].removeprefix("--plan="))
