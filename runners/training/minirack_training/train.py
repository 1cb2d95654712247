"""The run itself: epochs of steps and synchronisations, told as events by rank 0."""

import math
import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from mpi4py import MPI

from minirack_training.domain import Domain, Indices, Vector
from minirack_training.parameters import Parameters
from minirack_training.synchronise import SharedWeights


@dataclass(frozen=True)
class Epoch:
    """One epoch in numbers; loss and samples are over all ranks, times are rank 0's and bytes are each rank's."""

    epoch: int
    loss: float
    held_out_loss: float
    accuracy: float
    samples_per_second: float
    seconds: float
    sync_seconds: float
    bytes_synced: int
    peak_memory_bytes: int
    """The most that a rank has had so far."""


class Trainer:
    """One rank's part. Every rank makes one and calls the same methods in the same order."""

    def __init__(self, comm: MPI.Intracomm, domain: Domain, parameters: Parameters) -> None:
        self._comm = comm
        self._domain = domain
        self._parameters = parameters
        self._steps = steps_per_epoch(comm.allgather(domain.sample_count), parameters.batch_size)
        initial = domain.initial_parameters()
        require_vector(initial, comm.allgather(initial.size))
        self._weights = SharedWeights(comm, initial, parameters.learning_rate)

    @property
    def weights(self) -> Vector:
        """The weights as they are now, the same on all ranks after an epoch."""
        return self._weights.local

    def run_epoch(self, epoch: int) -> Epoch:
        """One pass over the shards, ended by a synchronisation; collective."""
        synced_before = (self._weights.sync_seconds, self._weights.bytes_synced)
        started = time.perf_counter()
        losses = [self._step(epoch, step, samples) for step, samples in enumerate(self._batches(epoch), start=1)]
        seconds = time.perf_counter() - started
        loss = self._comm.allreduce(math.fsum(losses), op=MPI.SUM) / (self._steps * self._comm.size)
        # The held-out samples and the weights are the same everywhere: one rank's judgement is all ranks'.
        held_out = self._domain.evaluate(self.weights) if self._comm.rank == 0 else None
        held_out = self._comm.bcast(held_out, root=0)
        return Epoch(
            epoch=epoch,
            loss=loss,
            held_out_loss=held_out.loss,
            accuracy=held_out.accuracy,
            samples_per_second=self._steps * self._parameters.batch_size * self._comm.size / seconds,
            seconds=seconds,
            sync_seconds=self._weights.sync_seconds - synced_before[0],
            bytes_synced=self._weights.bytes_synced - synced_before[1],
            peak_memory_bytes=self._comm.allreduce(_peak_memory_bytes(), op=MPI.MAX),
        )

    def _step(self, epoch: int, step: int, samples: Indices) -> float:
        loss, gradient = self._domain.loss_and_gradient(self._weights.local, samples)
        if not math.isfinite(loss):
            raise ValueError(
                f"epoch {epoch}, step {step}: expected a finite loss, found {loss}; lower the learning rate"
            )
        self._weights.step(gradient)
        if step % self._parameters.sync_every_n_steps == 0 or step == self._steps:
            self._weights.synchronise()
        return loss

    def _batches(self, epoch: int) -> list[Indices]:
        """A new order in every epoch and on every rank, the same again in every run."""
        random = np.random.default_rng((self._parameters.seed, epoch, self._comm.rank))
        order = random.permutation(self._domain.sample_count).astype(np.int64)
        size = self._parameters.batch_size
        return [order[step * size : (step + 1) * size] for step in range(self._steps)]


def _peak_memory_bytes() -> int:
    """The rank's own; getrusage counts in KiB on Linux, in bytes on macOS."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def steps_per_epoch(sample_counts: list[int], batch_size: int) -> int:
    """How many whole batches the smallest shard holds: all ranks must synchronise equally often.

    Raises ValueError when it holds none.
    """
    smallest = min(sample_counts)
    if batch_size > smallest:
        raise ValueError(f"batch size: expected at most {smallest}, the smallest rank's samples, found {batch_size}")
    return smallest // batch_size


def require_vector(parameters: npt.NDArray[np.generic], sizes: list[int]) -> None:
    """Raises ValueError unless the weights are one flat float32 array, of the same length on all ranks."""
    if parameters.ndim != 1 or parameters.dtype != np.float32:
        found = f"{parameters.ndim} dimensions of {parameters.dtype}"
        raise ValueError(f"initial_parameters(): expected one dimension of float32, found {found}")
    if len(set(sizes)) > 1:
        raise ValueError(f"initial_parameters(): expected the same length on every rank, found {sizes}")
