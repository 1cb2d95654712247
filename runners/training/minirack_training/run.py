"""From the command line to the last event."""

import time
from collections.abc import Sequence
from dataclasses import asdict

from mpi4py import MPI

from minirack_training.events import emit
from minirack_training.load_domain import load_domain
from minirack_training.parameters import Parameters, parameters_from, parse_arguments
from minirack_training.skew import Rank, gather_ranks, require_same
from minirack_training.train import Trainer
from minirack_training.weights import compare_weights, require_identical


def run(comm: MPI.Intracomm, command_line: Sequence[str]) -> None:
    """Trains; rank 0 tells the events start, epoch, weights and end.

    Raises ValueError for everything the user can put right.
    """
    started = time.perf_counter()
    arguments = parse_arguments(command_line)
    ranks = gather_ranks(comm)
    require_same(ranks[comm.rank], ranks[0], arguments.code_hash)
    loaded = load_domain(arguments.domain)
    parameters = parameters_from(arguments, loaded.defaults)
    domain = loaded.load(comm.rank, comm.size, parameters.seed)
    samples = comm.allgather(domain.sample_count)
    trainer = Trainer(comm, domain, parameters)
    if comm.rank == 0:
        _tell_start(arguments.domain, parameters, ranks, samples, trainer.weights.size)
    for number in range(1, parameters.epochs + 1):
        epoch = trainer.run_epoch(number)
        if comm.rank == 0:
            emit("epoch", **asdict(epoch))
    hashes = compare_weights(comm, trainer.weights)
    if comm.rank == 0:
        emit("weights", per_rank_sha256=hashes, identical=len(set(hashes)) == 1)
        require_identical(hashes, [rank.node for rank in ranks])
        emit("end", seconds=time.perf_counter() - started)


def _tell_start(
    domain: str, parameters: Parameters, ranks: list[Rank], samples: list[int], parameter_count: int
) -> None:
    emit(
        "start",
        domain=domain,
        parameters=asdict(parameters),
        parameter_count=parameter_count,
        ranks=[asdict(rank) | {"samples": count} for rank, count in zip(ranks, samples, strict=True)],
    )
