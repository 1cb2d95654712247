"""Divides samples into held-out ones, the same everywhere, and one shard per rank."""

from dataclasses import dataclass

import numpy as np

from minirack_training.domain import Indices


@dataclass(frozen=True)
class Split:
    """Sample numbers: `shard` is this rank's own, `held_out` is every rank's."""

    shard: Indices
    held_out: Indices


def split(count: int, rank: int, size: int, seed: int, held_out_share: float = 0.2) -> Split:
    """Shuffles by the seed, holds a share out, deals the rest to the ranks in turn.

    Shards differ by one sample at most. The held-out samples depend on count, share and seed only, so runs on more or
    fewer nodes are judged by the same samples.
    """
    order = np.random.default_rng(seed).permutation(count).astype(np.int64)
    held_out_count = round(count * held_out_share)
    return Split(shard=order[held_out_count:][rank::size], held_out=order[:held_out_count])
