from functools import partial
from pathlib import Path

import pytest

from training_ranks import Train, train_in


@pytest.fixture
def train(tmp_path: Path) -> Train:
    """`train(3, "--domain", "digits")`: three ranks, in a project folder of the test's own."""
    return partial(train_in, tmp_path)
