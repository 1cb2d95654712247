"""Finds a domain's file, `domains/NAME.py`, on Python's path and checks that it is one."""

import importlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from minirack_training.domain import Defaults, Domain


@dataclass(frozen=True)
class LoadedDomain:
    """A domain's file: its defaults and the function that loads one rank's share."""

    defaults: Defaults
    load: Callable[[int, int, int], Domain]


def load_domain(name: str) -> LoadedDomain:
    """Imports `domains/NAME.py`.

    Raises ValueError when there is no such file, or when it lacks DEFAULTS or load().
    """
    known = known_domains()
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name not in known:
        raise ValueError(
            f"domain {name!r}: expected one of {', '.join(known) or 'none deployed'}; add domains/{name}.py"
        )
    module = importlib.import_module(f"domains.{name}")
    defaults: object = getattr(module, "DEFAULTS", None)
    if not isinstance(defaults, Defaults):
        raise ValueError(f"domains/{name}.py: expected DEFAULTS = Defaults(...), found {defaults!r}")
    load: object = getattr(module, "load", None)
    if not callable(load):
        raise ValueError(f"domains/{name}.py: expected a function load(rank, size, seed), found {load!r}")
    return LoadedDomain(defaults, cast("Callable[[int, int, int], Domain]", load))


def known_domains() -> list[str]:
    """The names of all domains on Python's path, sorted."""
    spec = importlib.util.find_spec("domains")
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    return sorted({file.stem for folder in folders for file in Path(folder).glob("*.py") if file.stem[0] != "_"})
