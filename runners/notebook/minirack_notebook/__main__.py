"""The executor: `notebook FILE --python PYTHON --output FOLDER`, or `python` in place of `notebook` for a script."""

import argparse
import signal
import sys
from pathlib import Path

if not __package__:  # `python -I FOLDER`: whatever PYTHONPATH says, which is for what runs
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from minirack_notebook.environment import read_environment
from minirack_notebook.hooks import MissingPackageError, dvc_tracked, expect_mlflow, log_to_mlflow
from minirack_notebook.memory import peak_memory_bytes
from minirack_notebook.outcome import Outcome, write_lock
from minirack_notebook.parameters import read_parameters, script_arguments


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
    outcome = Outcome()
    outcome.write(output)
    try:
        environment = read_environment(asked.python)
        outcome.python, outcome.packages = environment.version, environment.packages
        outcome.write(output)
        write_lock(output, outcome.packages)
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
        expect_mlflow(outcome.packages)
    if asked.dvc:
        outcome.dvc = dvc_tracked(Path.cwd())
    values = read_parameters(asked.parameters_json)
    if asked.kind == "notebook":
        from minirack_notebook.notebook import Limits, run_notebook

        limits = Limits(asked.timeout, asked.cell_timeout)
        code = run_notebook(asked.python, asked.file, asked.output, outcome, values, limits)
    else:
        from minirack_notebook.script import run_script

        command = [asked.python, "-u", str(asked.file), *script_arguments(values)]
        code = run_script(command, asked.output, outcome, asked.timeout)
    if asked.mlflow is None:
        return code
    signal.signal(signal.SIGTERM, stop)  # what ran has had handlers of its own
    try:
        log_to_mlflow(asked.python, asked.output / asked.mlflow, asked.file, values, outcome, asked.output)
    except Stopped:
        return outcome.end("stopped", "stopped while MLflow was told of it")
    except Exception as error:
        reason = f"--mlflow: {error}"
        if code == 0:
            return outcome.end("failed", reason)
        print(reason, file=sys.stderr, flush=True)  # the run's own failure is what counts
    return code


def parse_arguments(words: list[str]) -> argparse.Namespace:
    """What the controller typed for us."""
    parser = argparse.ArgumentParser(prog="minirack_notebook", description=__doc__)
    parser.add_argument("kind", choices=["notebook", "python"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--python", default=sys.executable, help="the run's own Python")
    parser.add_argument("--output", type=Path, required=True, help="folder for what the run leaves")
    parser.add_argument("--parameters-json", type=Path, help="file of name → value")
    parser.add_argument("--timeout", type=float, help="seconds that the whole run may take")
    parser.add_argument("--cell-timeout", type=float, help="seconds that a cell may take")
    parser.add_argument("--mlflow", help="folder of an MLflow file store, from the output's")
    parser.add_argument("--dvc", action="store_true", help="note what DVC tracks")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
