import sys
from pathlib import Path

import pytest

from minirack_training.load_domain import load_domain


@pytest.fixture(autouse=True)
def fresh_domains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own for each test, the only one on the path that has domains."""
    for name in [name for name in sys.modules if name.split(".")[0] == "domains"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(
        sys, "path", [str(tmp_path), *(path for path in sys.path if not (Path(path) / "domains").is_dir())]
    )
    (tmp_path / "domains").mkdir()
    return tmp_path / "domains"


def test_an_unknown_domain_is_refused_with_the_known_ones(fresh_domains: Path) -> None:
    (fresh_domains / "mine.py").touch()
    (fresh_domains / "_shared.py").touch()
    with pytest.raises(ValueError, match=r"domain 'yours': expected one of mine; add domains/yours\.py"):
        load_domain("yours")


def test_a_name_that_is_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match=r"domain '\.\./x': expected one of none deployed"):
        load_domain("../x")


def test_a_domain_without_defaults_is_refused(fresh_domains: Path) -> None:
    (fresh_domains / "bare.py").write_text("def load(rank, size, seed): ...\n")
    with pytest.raises(ValueError, match=r"domains/bare.py: expected DEFAULTS = Defaults\(...\), found None"):
        load_domain("bare")


def test_a_domain_without_load_is_refused(fresh_domains: Path) -> None:
    (fresh_domains / "idle.py").write_text("from minirack_training.domain import Defaults\nDEFAULTS = Defaults()\n")
    with pytest.raises(ValueError, match=r"domains/idle.py: expected a function load\(rank, size, seed\), found None"):
        load_domain("idle")
