"""Proves that all ranks hold the same weights, to the bit."""

import hashlib

from mpi4py import MPI

from minirack_training.domain import Vector


def compare_weights(comm: MPI.Intracomm, weights: Vector) -> list[str]:
    """Every rank's SHA-256 of its weights, in the order of ranks; collective."""
    return comm.allgather(hashlib.sha256(weights.astype("<f4").tobytes()).hexdigest())


def require_identical(hashes: list[str], nodes: list[str]) -> None:
    """Raises ValueError naming the nodes whose weights differ from rank 0's."""
    different = [f"rank {rank} on {nodes[rank]}" for rank, found in enumerate(hashes) if found != hashes[0]]
    if different:
        raise ValueError(
            f"weights differ from rank 0's on {', '.join(different)}; run again, then check memory and versions"
        )
