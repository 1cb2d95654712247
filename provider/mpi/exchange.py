"""One all-reduce over every process of an MPI run, without a compiler: prints what took part as one line of JSON.

Usage: mpiexec -n 2 python3 exchange.py mpich
"""

from __future__ import annotations

import ctypes
import json
import sys

COUNT = 1_000_000
NAME_LENGTH = 256


class Mpi:
    """The few calls that an exchange needs, in the library of the run's implementation."""

    def __init__(self, implementation: str) -> None:
        self.world: object
        self.double: object
        self.char: object
        self.sum: object
        if implementation == "mpich":  # handles are numbers, the same in every version of libmpich.so.12
            self.library = ctypes.CDLL("libmpich.so.12", mode=ctypes.RTLD_GLOBAL)
            numbers = (0x44000000, 0x4C00080B, 0x4C000101, 0x58000003)
            self.world, self.double, self.char, self.sum = map(ctypes.c_int, numbers)
        else:  # handles are addresses of the library's own objects
            self.library = ctypes.CDLL("libmpi.so.40", mode=ctypes.RTLD_GLOBAL)
            self.world, self.double, self.char, self.sum = (
                ctypes.byref(ctypes.c_char.in_dll(self.library, f"ompi_mpi_{name}"))
                for name in ("comm_world", "double", "char", "op_sum")
            )

    def call(self, name: str, *arguments: object) -> None:
        """Call the function; ends the process unless it succeeds."""
        code = getattr(self.library, name)(*arguments)
        if code != 0:
            sys.exit(f"{name}: expected 0, got {code}")


def exchange(mpi: Mpi) -> dict[str, object] | None:
    """Sum numbers over all processes and gather their nodes' names; only the first process knows these."""
    rank, size, length = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    mpi.call("MPI_Comm_rank", mpi.world, ctypes.byref(rank))
    mpi.call("MPI_Comm_size", mpi.world, ctypes.byref(size))
    numbers = (ctypes.c_double * COUNT)(*([rank.value + 1.0] * COUNT))
    total = (ctypes.c_double * COUNT)()
    mpi.call("MPI_Allreduce", numbers, total, COUNT, mpi.double, mpi.sum, mpi.world)
    expected = size.value * (size.value + 1) / 2
    if any(one != expected for one in total):
        sys.exit(f"rank {rank.value}: expected a sum of {expected}, got {min(total)} to {max(total)}")
    name = ctypes.create_string_buffer(NAME_LENGTH)
    names = ctypes.create_string_buffer(NAME_LENGTH * size.value)
    mpi.call("MPI_Get_processor_name", name, ctypes.byref(length))
    mpi.call("MPI_Gather", name, NAME_LENGTH, mpi.char, names, NAME_LENGTH, mpi.char, 0, mpi.world)
    if rank.value != 0:
        return None
    starts = range(0, NAME_LENGTH * size.value, NAME_LENGTH)
    nodes = [names.raw[start : start + NAME_LENGTH].split(b"\0")[0].decode() for start in starts]
    return {"nodes": nodes, "bytes": ctypes.sizeof(numbers)}


def main() -> None:
    """Run as one process of an MPI run."""
    mpi = Mpi(sys.argv[1])
    mpi.call("MPI_Init", None, None)
    done = exchange(mpi)
    if done is not None:
        print(json.dumps(done), flush=True)
    mpi.call("MPI_Finalize")


if __name__ == "__main__":
    main()
