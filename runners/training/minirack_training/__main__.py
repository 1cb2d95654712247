"""`mpiexec -n N python -m minirack_training --domain NAME`: one rank."""

import os

# Before numpy loads: a rank is one core's work, and threads of several ranks on one node would fight for it.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(variable, "1")

import platform
import sys
import traceback

from mpi4py import MPI

from minirack_training.drain import wait_until_read
from minirack_training.events import emit
from minirack_training.run import run


def main() -> None:
    """Runs, and ends every rank when this one fails: the others would wait for it in all-reduce for ever."""
    comm = MPI.COMM_WORLD
    try:
        run(comm, sys.argv[1:])
    except Exception as error:
        if not isinstance(error, ValueError):
            traceback.print_exc()
        reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        emit("error", rank=comm.rank, node=platform.node(), reason=reason)
        for stream in (sys.stderr, sys.stdout):
            wait_until_read(stream.fileno())
        comm.Abort(1)


main()
