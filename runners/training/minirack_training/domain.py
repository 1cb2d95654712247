"""What a user's program has to offer to be trained: a domain. The manual is docs/training.md."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
"""All weights, or all their gradients, in one flat float32 array."""

Indices = npt.NDArray[np.int64]
"""Which of this rank's samples: numbers from 0 up to `sample_count`."""


@dataclass(frozen=True)
class Defaults:
    """What a run uses where the launch says nothing. A domain's file holds one, named DEFAULTS."""

    epochs: int = 10
    batch_size: int = 32
    """Samples per step on each rank."""
    learning_rate: float = 0.1
    sync_every_n_steps: int = 1
    """Steps each rank takes by itself before the gradients are summed."""


@dataclass(frozen=True)
class Evaluation:
    """How good the weights are on samples that no rank trains on."""

    loss: float
    accuracy: float
    """Share of right answers, 0 to 1."""


class Domain(Protocol):
    """One rank's share of the data, and the model; returned by `load(rank, size, seed)` in the domain's file."""

    @property
    def sample_count(self) -> int:
        """Training samples on this rank."""
        ...

    def initial_parameters(self) -> Vector:
        """The weights before training, flat. Rank 0's are sent to all."""
        ...

    def loss_and_gradient(self, parameters: Vector, samples: Indices) -> tuple[float, Vector]:
        """The mean loss over these samples and its gradient, flat and in the parameters' order."""
        ...

    def evaluate(self, parameters: Vector) -> Evaluation:
        """The held-out samples, the same on every rank whatever their number."""
        ...
