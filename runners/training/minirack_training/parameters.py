"""The numbers that a run is made of, from the command line over the domain's defaults."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from minirack_training.domain import Defaults


@dataclass(frozen=True)
class Parameters:
    """Everything that decides the result, apart from code, versions and the number of ranks."""

    epochs: int
    batch_size: int
    learning_rate: float
    sync_every_n_steps: int
    seed: int


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Reads the command line; argparse ends the process with code 2 on a wrong one."""
    parser = argparse.ArgumentParser(prog="minirack_training", description="Trains a domain; started by mpiexec.")
    parser.add_argument("--domain", required=True, help="name of a file in domains/, without .py")
    parser.add_argument("--epochs", type=_whole, help="passes over the samples")
    parser.add_argument("--batch-size", type=_whole, help="samples per step on each rank")
    parser.add_argument("--learning-rate", type=_positive, help="step along the gradient")
    parser.add_argument("--sync-every-n-steps", type=_whole, help="steps on each rank between two all-reduces")
    parser.add_argument("--seed", type=int, default=0, help="of shuffling and of the first weights")
    parser.add_argument("--code-hash", help="what every rank's files must hash to")
    return parser.parse_args(arguments)


def parameters_from(arguments: argparse.Namespace, defaults: Defaults) -> Parameters:
    """The given values, and the domain's own where none was given."""
    return Parameters(
        epochs=arguments.epochs or defaults.epochs,
        batch_size=arguments.batch_size or defaults.batch_size,
        learning_rate=arguments.learning_rate or defaults.learning_rate,
        sync_every_n_steps=arguments.sync_every_n_steps or defaults.sync_every_n_steps,
        seed=arguments.seed,
    )


def _whole(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, found {text}")
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text}")
    return value
