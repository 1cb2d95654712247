import re

from training_ranks import ROOT, Train

MANUAL = (ROOT / "docs" / "training.md").read_text()
LINE = {"line": (re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL))[0]}

ODD_WEIGHTS = """
from domains.line import DEFAULTS, Line
from minirack_training import weights


def load(rank, size, seed):
    real = weights.hashlib.sha256
    weights.hashlib.sha256 = lambda data: real(data + bytes([rank == 1]))
    return Line(rank, size, seed)
"""

FAILING = """
from domains.line import DEFAULTS, Line


class Failing(Line):
    def evaluate(self, parameters):
        raise RuntimeError("the disk is full")


def load(rank, size, seed):
    return Failing(rank, size, seed)
"""

UNEVEN = """
from domains.line import DEFAULTS, Line


def load(rank, size, seed):
    if rank == 1:
        raise OSError("no such data set")
    return Line(rank, size, seed)
"""


def test_the_manual_s_domain_trains(train: Train) -> None:
    told = train(2, "--domain", "line", domains=LINE)

    assert told.code == 0, told.text
    assert len(told.only("epoch")) == 20
    assert told.only("epoch")[-1]["accuracy"] > 0.95


def test_the_same_run_gives_the_same_numbers_and_another_seed_gives_others(train: Train) -> None:
    runs = [train(3, "--domain", "line", "--epochs", "2", "--seed", seed, domains=LINE) for seed in ("4", "4", "5")]
    hashes = [run.only("weights")[0]["perRankSha256"][0] for run in runs]

    assert hashes[0] == hashes[1] != hashes[2]


def test_syncing_every_four_steps_moves_a_quarter_of_the_bytes_and_still_learns(train: Train) -> None:
    told = train(2, "--domain", "line", "--sync-every-n-steps", "4", domains=LINE)

    # 400 samples per rank in 20 steps of 20: 5 synchronisations of two float32.
    assert {epoch["bytesSynced"] for epoch in told.only("epoch")} == {5 * 2 * 4}
    assert told.only("epoch")[-1]["accuracy"] > 0.95
    assert told.only("weights")[0]["identical"] is True


def test_a_failing_rank_ends_all_and_says_which_and_why(train: Train) -> None:
    told = train(3, "--domain", "uneven", domains=LINE | {"uneven": UNEVEN})

    assert told.code != 0
    (error,) = told.only("error")
    assert error["rank"] == 1
    assert error["reason"] == "OSError: no such data set"
    assert error["node"]


def test_a_failure_of_rank_0_alone_ends_those_who_wait_for_it(train: Train) -> None:
    told = train(2, "--domain", "failing", domains=LINE | {"failing": FAILING})

    assert told.code != 0
    assert [(error["rank"], error["reason"]) for error in told.only("error")] == [(0, "RuntimeError: the disk is full")]


def test_different_weights_are_an_error(train: Train) -> None:
    told = train(2, "--domain", "odd", "--epochs", "1", domains=LINE | {"odd": ODD_WEIGHTS})

    assert told.code != 0
    assert told.only("weights")[0]["identical"] is False
    assert "weights differ from rank 0's on rank 1" in told.only("error")[0]["reason"]
    assert told.only("end") == []


def test_a_learning_rate_that_explodes_is_named(train: Train) -> None:
    told = train(1, "--domain", "line", "--learning-rate", "1e30", domains=LINE)

    assert told.code != 0
    assert "lower the learning rate" in told.only("error")[0]["reason"]


def test_other_code_than_what_was_launched_is_refused(train: Train) -> None:
    told = train(1, "--domain", "line", "--code-hash", "0" * 64, domains=LINE)

    assert told.code != 0
    assert told.only("error")[0]["reason"].startswith(f"code: expected {'0' * 64}, found ")
    assert told.only("start") == []
