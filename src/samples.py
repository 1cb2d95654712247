"""What the sample notebooks share: where a run finds its things, on a node and here."""

import os
from pathlib import Path


def output_folder() -> Path:
    """Where a run leaves its results: the run's own folder, or `results/local` beside Jupyter on this computer."""
    folder = Path(os.environ.get("MINIRACK_OUTPUT", "../results/local"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def input_folder() -> Path:
    """Where results of earlier runs are: those that the run asked for, or all of them on this computer."""
    return Path(os.environ.get("MINIRACK_INPUT", "../results"))
