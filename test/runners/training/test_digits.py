from training_ranks import Train


def test_two_ranks_learn_the_digits_and_end_with_the_same_bits(train: Train) -> None:
    told = train(2, "--domain", "digits")

    assert told.code == 0, told.text
    epochs = told.only("epoch")
    assert [epoch["epoch"] for epoch in epochs] == list(range(1, 11))
    assert epochs[-1]["accuracy"] >= 0.93
    assert epochs[-1]["loss"] < epochs[0]["loss"] / 5
    (start,) = told.only("start")
    assert sum(rank["samples"] for rank in start["ranks"]) == 1438
    # 44 synchronisations of 4,810 float32.
    assert {epoch["bytesSynced"] for epoch in epochs} == {44 * 4810 * 4}
    assert all(2**20 < epoch["peakMemoryBytes"] < 2**34 for epoch in epochs)
    (weights,) = told.only("weights")
    assert weights["identical"] is True
    assert len(weights["perRankSha256"]) == 2
    assert told.events[-1]["event"] == "end"
