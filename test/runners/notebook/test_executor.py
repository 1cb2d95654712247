import json
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from minirack_notebook.inject import _assigned

PACKAGE = Path(__file__).parents[3] / "runners" / "notebook" / "minirack_notebook"


class Project:
    """A folder with a notebook or a script, and where its run leaves things."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder, folder / "output"

    def notebook(self, *cells: str) -> str:
        made = [
            new_code_cell(source, metadata={"tags": ["parameters"]} if source.startswith("# parameters") else {})
            for source in cells
        ]
        nbformat.write(new_notebook(cells=made), self.folder / "given.ipynb")
        return "given.ipynb"

    def script(self, text: str) -> str:
        (self.folder / "given.py").write_text(text)
        return "given.py"

    def start(self, kind: str, file: str, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-I", str(PACKAGE), kind, file, "--output", str(self.output), *words],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, kind: str, file: str, *words: str) -> tuple[int, str]:
        process = self.start(kind, file, *words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def outcome(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.output / ".minirack" / "outcome.json").read_text())
        return read

    def printed(self) -> str:
        executed = nbformat.read(self.output / "executed.ipynb", as_version=4)
        return "".join(one.get("text", "") for cell in executed.cells for one in cell.get("outputs", []))


def happens(is_so: Callable[[], bool]) -> bool:
    """Waits until something is so; False when it is not within a minute."""
    deadline = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def has_ended(process_id: str) -> bool:
    """Gone, or dead and not yet collected; a signal takes a moment."""
    command = Path("/proc") / process_id.strip() / "cmdline"
    return happens(lambda: not command.exists() or command.read_text() == "")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_notebook_is_run_to_its_end_with_its_parameters(project: Project) -> None:
    (project.folder / "values.json").write_text('{"n": 4}')
    file = project.notebook("# parameters\nn = 3", "print('n is', n)", "n * n")
    code, said = project.run("notebook", file, "--parameters-json", "values.json")
    assert code == 0, said
    assert "cell 2 of 4: " in said
    assert "n is 4\n" in said
    assert "16\n" in said
    outcome = project.outcome()
    assert outcome["status"] == "finished"
    assert [one["status"] for one in outcome["cells"]] == ["done"] * 4
    assert outcome["packages"]["ipykernel"]
    assert outcome["peakMemoryBytes"] > 1_000_000
    assert "ipykernel==" in (project.output / "requirements.lock").read_text()
    assert project.printed() == "n is 4\n"


def test_an_unknown_parameter_names_the_nearest(project: Project) -> None:
    (project.folder / "values.json").write_text('{"learning_rat": 1}')
    file = project.notebook("# parameters\nlearning_rate = 3\nepochs = 1")
    code, _ = project.run("notebook", file, "--parameters-json", "values.json")
    expected = "parameters: expected one of learning_rate, epochs, got learning_rat; write learning_rate"
    assert (code, project.outcome()["reason"]) == (1, expected)


def test_numbers_are_what_python_takes_them_for(project: Project) -> None:
    values = '{"alpha": 1.0, "ident": 12345678901234567890, "none": [{"python": "nan"}], "most": {"python": "-inf"}}'
    (project.folder / "values.json").write_text(values)
    printing = "print(type(alpha).__name__, ident, none, most)"
    file = project.notebook("# parameters\nalpha, ident, none, most = 0.5, 0, [], 0", printing)
    code, said = project.run("notebook", file, "--parameters-json", "values.json")
    assert (code, project.printed()) == (0, "float 12345678901234567890 [nan] -inf\n"), said


def test_the_executor_and_what_it_runs_have_an_environment_each(project: Project) -> None:
    project.script("import sys\nprint(sys.prefix)\n")
    venv.create(project.folder / "own", symlinks=True)
    own = project.folder / "own"
    code, said = project.run("python", "given.py", "--python", str(own / "bin" / "python"))
    assert (code, said) == (0, f"{own}\n")
    assert project.outcome()["packages"] == {}


def test_a_module_of_the_project_does_not_take_the_place_of_one_of_the_executor(project: Project) -> None:
    (project.folder / "nbformat.py").write_text("raise SystemExit('not this one')\n")
    code, said = project.run("notebook", project.notebook("print(1)"))
    assert code == 0, said


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%precision 3\nwidth, height = 1, 2", ["width", "height"]),
        ("files = !ls\nrate = 0.1  # is that all?\nrate?\n?rate\n", ["files", "rate"]),
        ("if True:\n    %time\n    n = 1", ["n"]),
        ("form = 'a=%d'", ["form"]),
        ("this is no Python", []),
    ],
)
def test_names_of_a_cell(source: str, names: list[str]) -> None:
    assert _assigned(source) == names


def test_parameters_are_known_however_they_got_their_value(project: Project) -> None:
    (project.folder / "values.json").write_text('{"height": 4}')
    file = project.notebook("# parameters\n%precision 3\nwidth, height = 1, 2", "print('height', height)")
    code, said = project.run("notebook", file, "--parameters-json", "values.json")
    assert (code, project.printed()) == (0, "height 4\n"), said


def test_a_notebook_of_an_older_form_is_left_valid(project: Project) -> None:
    (project.folder / "values.json").write_text('{"n": 4}')
    file = project.notebook("# parameters\nn = 3")
    older = json.loads((project.folder / file).read_text()) | {"nbformat_minor": 4}
    for cell in older["cells"]:
        del cell["id"]
    (project.folder / file).write_text(json.dumps(older))
    assert project.run("notebook", file, "--parameters-json", "values.json")[0] == 0
    nbformat.validate(nbformat.read(project.output / "executed.ipynb", as_version=4))


def test_a_cell_that_may_fail_does(project: Project) -> None:
    file = project.notebook("# fails\n1 / 0", "print('after')")
    notebook = nbformat.read(project.folder / file, as_version=4)
    notebook.cells[0].metadata.tags = ["raises-exception"]
    nbformat.write(notebook, project.folder / file)
    code, _ = project.run("notebook", file)
    assert (code, [one["status"] for one in project.outcome()["cells"]]) == (0, ["done", "done"])


def test_what_a_long_cell_has_printed_is_kept_while_it_runs(project: Project) -> None:
    ticks = "import time\nfor n in range(600):\n    print('tick', n, flush=True)\n    time.sleep(0.2)"
    process = project.start("notebook", project.notebook(ticks))
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("tick") and "tick 1" in project.printed():
            break
    assert project.outcome()["status"] == "running"
    process.kill()
    process.communicate(timeout=60)
    assert "tick 1\n" in project.printed()


def test_a_failing_cell_keeps_what_was_there(project: Project) -> None:
    code, said = project.run("notebook", project.notebook("print('before')", "1 / 0", "print('after')"))
    assert code == 1
    assert project.outcome()["reason"] == "cell 2 of 3: ZeroDivisionError: division by zero"
    assert "ZeroDivisionError" in said
    assert "\x1b" not in said
    assert project.printed() == "before\n"


def test_a_kernel_that_dies_is_no_good_end(project: Project) -> None:
    file = project.notebook("print('before')", "import os\nos.kill(os.getpid(), 9)")
    code, _ = project.run("notebook", file)
    assert code == 1
    assert project.outcome()["reason"].startswith("cell 2 of 2: the kernel died")
    assert project.printed() == "before\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--timeout", "6"), "cell 2 of 2: the whole run took longer than 6 s"),
        (("--cell-timeout", "3"), "cell 2 of 2: it took longer than 3 s"),
    ],
)
def test_what_takes_too_long_is_ended(project: Project, words: tuple[str, ...], reason: str) -> None:
    code, _ = project.run("notebook", project.notebook("print('before')", "import time\ntime.sleep(600)"), *words)
    assert (code, project.outcome()["status"], project.outcome()["reason"]) == (124, "timeout", reason)
    assert project.printed() == "before\n"


def test_a_run_that_is_stopped_keeps_what_was_there(project: Project) -> None:
    process = project.start("notebook", project.notebook("print('before')", "import time\ntime.sleep(600)"))
    assert process.stdout is not None
    for line in process.stdout:
        if line == "cell 2 of 2 …\n":
            break
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (143, "stopped in cell 2 of 2\n")
    assert (project.outcome()["status"], project.outcome()["reason"]) == ("stopped", "stopped in cell 2 of 2")
    assert project.printed() == "before\n"


def test_a_script_leaves_its_log_and_gets_its_arguments(project: Project) -> None:
    file = project.script("import sys\nprint('given', *sys.argv[1:])\nprint('aside', file=sys.stderr)\n")
    (project.folder / "values.json").write_text('{"rate": 0.1, "whole": 1.0, "list": [1, true], "who": "ada b"}')
    code, said = project.run("python", file, "--parameters-json", "values.json")
    assert (code, said) == (0, "given --rate=0.1 --whole=1.0 --list=[1,true] --who=ada b\naside\n")
    assert (project.output / "execution.log").read_text() == said
    assert project.outcome()["notebookSeconds"] > 0


@pytest.mark.parametrize(
    ("text", "words", "code", "status", "reason"),
    [
        (
            "raise SystemExit(3)",
            (),
            1,
            "failed",
            "the script ended with exit code 3; its last lines are in execution.log",
        ),
        (
            "import os\nos.kill(os.getpid(), 11)",
            (),
            1,
            "failed",
            "the script ended with signal SIGSEGV; its last lines are in execution.log",
        ),
        ("import time\ntime.sleep(600)", ("--timeout", "1"), 124, "timeout", "it took longer than 1 s"),
    ],
)
def test_a_script_that_does_not_finish(
    project: Project, text: str, words: tuple[str, ...], code: int, status: str, reason: str
) -> None:
    found, _ = project.run("python", project.script(text), *words)
    outcome = project.outcome()
    assert (found, outcome["status"], outcome["reason"]) == (code, status, reason)


def test_a_script_is_over_when_it_ends_whatever_it_left_running(project: Project) -> None:
    file = project.script("import subprocess\nprint('pid', subprocess.Popen(['sleep', '600']).pid)\n")
    code, said = project.run("python", file, "--timeout", "60")
    assert (code, project.outcome()["status"]) == (0, "finished")
    assert has_ended(said.split()[1])


R_NOTEBOOK = {"metadata": {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "cells": []}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("here are no braces", "a notebook as Jupyter saves it, got: Notebook does not appear to be JSON"),
        ("{}", "a notebook as Jupyter saves it, got: "),
        (json.dumps({"nbformat": 4, "nbformat_minor": 5, **R_NOTEBOOK}), "a notebook in Python, got one in R"),
    ],
)
def test_a_file_that_is_no_notebook_of_ours_is_refused(project: Project, text: str, found: str) -> None:
    (project.folder / "given.ipynb").write_text(text)
    code, said = project.run("notebook", "given.ipynb")
    assert (code, project.outcome()["status"], project.outcome()["reason"]) == (1, "failed", said.rstrip("\n"))
    assert said.startswith(f"given.ipynb: expected {found}")


def test_no_output_is_lost_that_a_cell_makes_while_nobody_reads(project: Project) -> None:
    filling = "print('x' * 1_000_000, flush=True)"  # more than a pipe holds: the executor has to wait for us
    showing = "for i in range(8000):\n    display(i)\nopen('shown', 'w').close()"
    process = project.start("notebook", project.notebook(f"{filling}\n{showing}"))
    assert happens((project.folder / "shown").exists)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said[-500:]
    _, *shown = nbformat.read(project.output / "executed.ipynb", as_version=4).cells[0].outputs
    assert [one["data"]["text/plain"] for one in shown] == [str(i) for i in range(8000)]


def test_a_notebook_keeps_so_much_of_what_a_cell_prints_and_its_log_has_all(project: Project) -> None:
    loud = "for _ in range(20):\n    print('x' * (1 << 20))"
    code, said = project.run("notebook", project.notebook(loud, "print('of another cell')"))
    assert code == 0, said[-1000:]
    assert said.count("x") == 20 << 20
    printed = project.printed()
    assert (3 << 20) < printed.count("x") <= 4 << 20
    assert printed.endswith("\n… what this cell printed from here on is in execution.log\nof another cell\n")
    assert project.outcome()["printedBytes"] == len(said.encode())


def test_what_a_cell_takes_back_makes_room(project: Project) -> None:
    loop = "for n in range(6):\n    clear_output(wait=True)\n    print(f'{n}' * (1 << 20))"
    code, said = project.run("notebook", project.notebook(f"from IPython.display import clear_output\n{loop}"))
    assert code == 0, said[-1000:]
    assert project.printed() == "5" * (1 << 20) + "\n"


def test_what_a_kernel_that_died_left_running_is_ended(project: Project) -> None:
    leaving = "import os, subprocess\nprint(subprocess.Popen(['sleep', '600']).pid, flush=True)"
    assert project.run("notebook", project.notebook(leaving, "os._exit(3)"))[0] == 1
    assert has_ended(project.printed())
