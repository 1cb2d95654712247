"""The memory of a run: its most at one time, and whether the kernel ended something of it for a lack."""

import os
import resource
import sys
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
RSS_BYTES = 1 if sys.platform == "darwin" else 1024


def is_container() -> bool:
    """Whether the control group that we see is the run's alone."""
    return os.environ.get("MINIRACK_OUTPUT") == "/output"


def peak_memory_bytes() -> int:
    """The container's where there is one, else that of the largest process that has ended."""
    if is_container():
        for name in ("memory.peak", "memory/memory.max_usage_in_bytes"):
            text = _read(CGROUP / name)
            if text.strip().isdigit():
                return int(text)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(children, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * RSS_BYTES


def out_of_memory_kills() -> int:
    """How many processes of the container the kernel has ended because its memory was used up."""
    if not is_container():
        return 0  # the counts there are the node's: somebody else's end would be taken for ours
    for name in ("memory.events", "memory/memory.oom_control"):
        for line in _read(CGROUP / name).splitlines():
            key, _, count = line.partition(" ")
            if key == "oom_kill":
                return int(count)
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
