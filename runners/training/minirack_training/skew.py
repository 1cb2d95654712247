"""Refuses to train where the ranks' code or versions differ: the sums would, too."""

import platform
from dataclasses import asdict, dataclass

import mpi4py
import numpy as np
from mpi4py import MPI

from minirack_training.code_hash import code_hash


@dataclass(frozen=True)
class Rank:
    """What one rank runs on and with. Python may differ between nodes, the rest may not."""

    node: str
    python: str
    numpy: str
    mpi4py: str
    mpi: str
    code: str


def gather_ranks(comm: MPI.Intracomm) -> list[Rank]:
    """Every rank's own account, in the order of ranks; collective."""
    return comm.allgather(
        Rank(
            node=platform.node(),
            python=platform.python_version(),
            numpy=np.__version__,
            mpi4py=mpi4py.__version__,
            mpi=" ".join(MPI.Get_library_version().splitlines()[0].replace(":", "").strip("\0").split()),
            code=code_hash(),
        )
    )


def require_same(own: Rank, first: Rank, expected_code: str | None) -> None:
    """Raises ValueError when this rank's versions are not the first rank's, or its code is not what was launched."""
    expected = asdict(first) | ({"code": expected_code} if expected_code else {})
    for key in ("numpy", "mpi4py", "mpi", "code"):
        found = asdict(own)[key]
        if found != expected[key]:
            raise ValueError(
                f"{key}: expected {expected[key]}, found {found}; "
                "npx pulumi up --refresh puts code and environment on the nodes right"
            )
