import numpy as np
import pytest
from mpi4py import MPI

from minirack_training.code_hash import hash_of
from minirack_training.domain import Defaults
from minirack_training.parameters import parameters_from, parse_arguments
from minirack_training.skew import Rank, require_same
from minirack_training.split import split
from minirack_training.synchronise import SharedWeights
from minirack_training.train import require_vector, steps_per_epoch


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_split_deals_every_sample_once_and_holds_out_the_same_for_any_size(size: int) -> None:
    parts = [split(1797, rank, size, seed=3) for rank in range(size)]

    dealt = np.concatenate([*(part.shard for part in parts), parts[0].held_out])
    assert sorted(dealt.tolist()) == list(range(1797))
    assert all((part.held_out == split(1797, 0, 1, seed=3).held_out).all() for part in parts)
    assert max(len(part.shard) for part in parts) - min(len(part.shard) for part in parts) <= 1


def test_given_parameters_win_over_the_domain_s() -> None:
    arguments = parse_arguments(["--domain", "x", "--epochs", "3", "--learning-rate", "0.5"])

    parameters = parameters_from(arguments, Defaults(epochs=7, batch_size=8))

    assert (parameters.epochs, parameters.batch_size, parameters.learning_rate) == (3, 8, 0.5)
    assert (parameters.sync_every_n_steps, parameters.seed) == (1, 0)


@pytest.mark.parametrize("wrong", [["--epochs", "0"], ["--learning-rate", "-1"], ["--learning-rate", "nan"]])
def test_wrong_parameters_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--domain", "x", *wrong])
    assert "above 0" in capsys.readouterr().err


def test_all_ranks_take_the_smallest_shard_s_whole_batches() -> None:
    assert steps_per_epoch([480, 479, 479], 16) == 29


def test_a_batch_larger_than_a_shard_is_refused() -> None:
    with pytest.raises(ValueError, match="batch size: expected at most 479, the smallest rank's samples, found 480"):
        steps_per_epoch([480, 479], 480)


def test_weights_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="expected one dimension of float32, found 1 dimensions of float64"):
        require_vector(np.zeros(3), [3])
    with pytest.raises(ValueError, match=r"expected the same length on every rank, found \[3, 4\]"):
        require_vector(np.zeros(3, np.float32), [3, 4])


def test_steps_by_oneself_and_the_synchronisation_end_at_the_same_weights() -> None:
    weights = SharedWeights(MPI.COMM_SELF, np.ones(2, np.float32), learning_rate=0.5)
    for gradient in ([1, 0], [0, 2]):
        weights.step(np.array(gradient, np.float32))
    alone = weights.local.tolist()

    weights.synchronise()

    assert alone == weights.local.tolist() == [0.5, 0.0]
    assert weights.bytes_synced == 8


def test_another_version_is_named() -> None:
    first = Rank(node="mini1", python="3.11.2", numpy="2.4.6", mpi4py="4.1.2", mpi="MPICH Version 5.0.2", code="a")
    other = Rank(node="mini2", python="3.13.5", numpy="2.4.5", mpi4py="4.1.2", mpi="MPICH Version 5.0.2", code="a")
    with pytest.raises(ValueError, match=r"numpy: expected 2\.4\.6, found 2\.4\.5; npx pulumi up"):
        require_same(other, first, expected_code="a")


def test_the_code_hash_is_sha256sum_s_lines_hashed_again() -> None:
    # The same files and hash as in trainingCode.test.ts.
    files = {"minirack_training/b.py": b"b\n", "domains/a.py": "é\n".encode(), "minirack_training/__init__.py": b""}
    assert hash_of(files) == "7c7f14f34679a55e5a272cc7ead9570273268f7b6326a779abb652ac8a268f79"
