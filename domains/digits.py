"""Handwritten digits (1,797 pictures of 8 x 8 pixels, from scikit-learn), by a network of one hidden layer."""

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_digits

from minirack_training.domain import Defaults, Domain, Evaluation, Indices, Vector
from minirack_training.split import split

DEFAULTS = Defaults(epochs=10, batch_size=16, learning_rate=0.3)

PIXELS, HIDDEN, CLASSES = 64, 64, 10
SHAPES = ((PIXELS, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,))

Matrix = npt.NDArray[np.float32]


def load(rank: int, size: int, seed: int) -> Domain:
    """Loads all pictures and keeps this rank's."""
    pictures, answers = load_digits(return_X_y=True)
    return Digits(np.asarray(pictures / 16, np.float32), np.asarray(answers, np.int64), rank, size, seed)


class Digits:
    """A multilayer perceptron with its gradient by hand."""

    def __init__(self, pictures: Matrix, answers: Indices, rank: int, size: int, seed: int) -> None:
        parts = split(len(answers), rank, size, seed)
        self.sample_count = len(parts.shard)
        self._seed = seed
        self._shard = (pictures[parts.shard], answers[parts.shard])
        self._held_out = (pictures[parts.held_out], answers[parts.held_out])

    def initial_parameters(self) -> Vector:
        """Small random weights (He), biases of zero."""
        random = np.random.default_rng(self._seed)
        arrays = [
            random.normal(0, (2 / shape[0]) ** 0.5, shape) if len(shape) == 2 else np.zeros(shape) for shape in SHAPES
        ]
        return np.concatenate([array.ravel() for array in arrays]).astype(np.float32)

    def loss_and_gradient(self, parameters: Vector, samples: Indices) -> tuple[float, Vector]:
        """Cross entropy, and back through both layers."""
        pictures, answers = self._shard[0][samples], self._shard[1][samples]
        _, _, outer, _ = unpack(parameters)
        hidden, shares = forward(parameters, pictures)
        loss = cross_entropy(shares, answers)
        by_output = shares.copy()
        by_output[np.arange(len(answers)), answers] -= 1
        by_output /= len(answers)
        by_hidden = (by_output @ outer.T) * (hidden > 0)
        gradient = (pictures.T @ by_hidden, by_hidden.sum(0), hidden.T @ by_output, by_output.sum(0))
        return loss, np.concatenate([array.ravel() for array in gradient])

    def evaluate(self, parameters: Vector) -> Evaluation:
        """A fifth of all pictures, trained on by no rank."""
        pictures, answers = self._held_out
        _, shares = forward(parameters, pictures)
        return Evaluation(cross_entropy(shares, answers), float((shares.argmax(1) == answers).mean()))


def unpack(parameters: Vector) -> list[Matrix]:
    """The flat weights as inner weights, inner bias, outer weights, outer bias; views, not copies."""
    ends = np.cumsum([np.prod(shape) for shape in SHAPES])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(parameters, ends), SHAPES, strict=True)]


def forward(parameters: Vector, pictures: Matrix) -> tuple[Matrix, Matrix]:
    """The hidden layer, and the probability of each digit."""
    inner, inner_bias, outer, outer_bias = unpack(parameters)
    hidden = np.maximum(pictures @ inner + inner_bias, 0)
    scores = hidden @ outer + outer_bias
    exponentials = np.exp(scores - scores.max(1, keepdims=True))
    return hidden, exponentials / exponentials.sum(1, keepdims=True)


def cross_entropy(shares: Matrix, answers: Indices) -> float:
    """The mean of -log of the probability given to the right answer."""
    right = shares[np.arange(len(answers)), answers]
    return float(-np.log(np.maximum(right, 1e-12)).mean())
