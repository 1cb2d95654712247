"""Keeps the ranks' weights the same: each adds up its own gradients, then all of them are summed.

Between two synchronisations a rank follows its own gradients for `sync_every_n_steps` steps (local SGD). Then the sums
of all ranks are all-reduced, and every rank takes the mean step from the weights they last shared. That is the mean of
the ranks' weights; with one step in between it is plain SGD on the mean gradient.
"""

import time

import numpy as np
from mpi4py import MPI

from minirack_training.domain import Vector


class SharedWeights:
    """`local` is what this rank computes with; after `synchronise` it is the same on all ranks."""

    def __init__(self, comm: MPI.Intracomm, initial: Vector, learning_rate: float) -> None:
        self._comm = comm
        self._learning_rate = np.float32(learning_rate)
        self._shared: Vector = np.array(initial, dtype=np.float32)
        comm.Bcast(self._shared, root=0)
        self._gradients: Vector = np.zeros_like(self._shared)
        self.local: Vector = self._shared.copy()
        self.sync_seconds = 0.0
        """Time in all-reduce so far, waiting for the slowest rank included."""
        self.bytes_synced = 0
        """Bytes of gradients this rank has handed to all-reduce so far."""

    def step(self, gradient: Vector) -> None:
        """Follows one gradient on this rank alone."""
        self.local -= self._learning_rate * gradient
        self._gradients += gradient

    def synchronise(self) -> None:
        """Sums what all ranks followed; collective, so every rank must call it equally often."""
        started = time.perf_counter()
        self._comm.Allreduce(MPI.IN_PLACE, self._gradients, op=MPI.SUM)
        self.sync_seconds += time.perf_counter() - started
        self.bytes_synced += self._gradients.nbytes
        # Elementwise and in one order on every rank: the same bits in give the same bits out.
        self._shared -= (self._learning_rate / np.float32(self._comm.size)) * self._gradients
        self._gradients[:] = 0
        self.local[:] = self._shared
