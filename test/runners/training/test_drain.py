import os
import threading
from pathlib import Path

import pytest

from minirack_training import drain


def test_waits_until_the_reader_has_taken_all() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"last words")
    threading.Timer(0.05, os.read, (reader, 100)).start()

    assert drain.wait_until_read(writer) is True


def test_gives_up_on_a_reader_who_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "LIMIT_SECONDS", 0.01)
    _, writer = os.pipe()
    os.write(writer, b"last words")

    assert drain.wait_until_read(writer) is False


def test_a_file_is_always_read(tmp_path: Path) -> None:
    with (tmp_path / "output").open("w") as output:
        output.write("last words")
        output.flush()

        assert drain.wait_until_read(output.fileno()) is True
