"""`python -m minirack_notebook notebook FILE --output DIR`, or `python` in place of `notebook` for a script."""

import argparse
import re
import signal
import sys
from pathlib import Path

from .hooks import MissingPackageError, dvc_tracked, expect_mlflow, log_to_mlflow
from .memory import peak_memory_bytes
from .outcome import Outcome, installed_packages, write_lock


class Stopped(BaseException):
    """SIGTERM while nothing of the run's own was there to be ended."""


def stop(*_: object) -> None:
    """What SIGTERM does before the run has begun."""
    raise Stopped


def main() -> int:
    """Runs what was asked for; whatever happens, outcome.json says how it ended."""
    asked = parse_arguments(sys.argv[1:])
    output: Path = asked.output
    signal.signal(signal.SIGTERM, stop)
    outcome = Outcome(packages=installed_packages())
    outcome.write(output)
    write_lock(output, outcome.packages)
    try:
        code = run(asked, outcome)
    except Stopped:
        code = outcome.end("stopped", "stopped before it began")
    except MissingPackageError as error:
        code = outcome.end("failed", str(error))
    except Exception as error:
        outcome.end("failed", f"{type(error).__name__}: {error}")
        raise
    finally:
        outcome.peakMemoryBytes = peak_memory_bytes()
        outcome.write(output)
    return code


def run(asked: argparse.Namespace, outcome: Outcome) -> int:
    """The run and its hooks."""
    if asked.mlflow is not None:
        expect_mlflow()
    if asked.dvc:
        outcome.dvc = dvc_tracked(Path.cwd())
    values = {}
    if asked.kind == "notebook":
        from .notebook import Limits, read_parameters, run_notebook

        values = read_parameters(asked.parameters_json)
        code = run_notebook(asked.file, asked.output, outcome, values, Limits(asked.timeout, asked.cell_timeout))
    else:
        from .script import run_script

        values = dict(word[2:].split("=", 1) for word in asked.arguments if re.match(r"--\w+=", word))
        code = run_script(asked.file, asked.output, outcome, asked.arguments, asked.timeout)
    if asked.mlflow is None:
        return code
    signal.signal(signal.SIGTERM, stop)  # what ran has had handlers of its own
    try:
        log_to_mlflow(asked.output / asked.mlflow, asked.file, values, outcome, asked.output)
    except Stopped:
        return outcome.end("stopped", "stopped while MLflow was told of it")
    except Exception as error:
        reason = f"--mlflow: {type(error).__name__}: {error}"
        if code == 0:
            return outcome.end("failed", reason)
        print(reason, file=sys.stderr, flush=True)  # the run's own failure is what counts
    return code


def parse_arguments(words: list[str]) -> argparse.Namespace:
    """What the controller typed for us."""
    parser = argparse.ArgumentParser(prog="minirack_notebook", description=__doc__)
    parser.add_argument("kind", choices=["notebook", "python"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--output", type=Path, required=True, help="folder for what the run leaves")
    parser.add_argument("--parameters-json", type=Path, help="file of name → value, for a notebook")
    parser.add_argument("--timeout", type=float, help="seconds that the whole run may take")
    parser.add_argument("--cell-timeout", type=float, help="seconds that a cell may take")
    parser.add_argument("--mlflow", help="folder of an MLflow file store, from the output's")
    parser.add_argument("--dvc", action="store_true", help="note what DVC tracks")
    given, _, arguments = _split(words)
    asked = parser.parse_args(given)
    asked.arguments = arguments
    return asked


def _split(words: list[str]) -> tuple[list[str], str, list[str]]:
    """Before and after `--`: what follows is the script's own."""
    if "--" not in words:
        return words, "", []
    at = words.index("--")
    return words[:at], "--", words[at + 1 :]


if __name__ == "__main__":
    sys.exit(main())
