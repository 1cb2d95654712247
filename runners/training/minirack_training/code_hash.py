"""One hash over the deployed files, computed alike by trainingCodeHash in runners/training/trainingCode.ts."""

import hashlib
from collections.abc import Mapping
from pathlib import Path


def code_hash() -> str:
    """The hash of what this rank runs: the package's files and the domains' beside it."""
    root = Path(__file__).resolve().parent.parent
    files = [file for folder in ("minirack_training", "domains") for file in (root / folder).glob("*.py")]
    return hash_of({file.relative_to(root).as_posix(): file.read_bytes() for file in files})


def hash_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 of lines `SHA-256 of the content, two spaces, path`, as sha256sum prints them, sorted by path."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
