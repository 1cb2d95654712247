import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from minirack_notebook import __main__ as program
from minirack_notebook.hooks import MissingPackageError, dvc_tracked, expect_mlflow, log_to_mlflow
from minirack_notebook.outcome import Outcome

# Neither reports of use nor a look for a newer DVC.
QUIET = {"DVC_NO_ANALYTICS": "1", "DVC_TEST": "1"}


def test_mlflow_gets_parameters_seconds_end_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mlflow = pytest.importorskip("mlflow")
    output = tmp_path / "output"
    output.mkdir()
    (output / "results.csv").write_text("1\n")
    (output / "pictures").mkdir()
    (output / "pictures" / "one.svg").write_text("<svg/>")
    outcome = Outcome(status="finished", reason="finished", notebookSeconds=2.5)
    log_to_mlflow(sys.executable, output / "mlruns", Path("23_train.ipynb"), {"rate": 0.1}, outcome, output)
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    mlflow.set_tracking_uri((output / "mlruns").as_uri())
    [run] = mlflow.search_runs(experiment_names=["23_train"], output_format="list")
    assert run.data.params == {"rate": "0.1"}
    assert run.data.metrics == {"seconds": 2.5}
    assert run.data.tags["minirack.status"] == "finished"
    assert run.info.status == "FINISHED"
    for name in ("results.csv", "pictures/one.svg"):
        assert list((output / "mlruns").rglob(f"artifacts/{name}"))
    assert not list((output / "mlruns").rglob("artifacts/mlruns"))


def test_mlflow_hears_of_a_run_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mlflow = pytest.importorskip("mlflow")
    outcome = Outcome(status="failed", reason="cell 1 of 1: ValueError: no")
    log_to_mlflow(sys.executable, tmp_path / "mlruns", Path("24_fails.ipynb"), {}, outcome, tmp_path)
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    mlflow.set_tracking_uri((tmp_path / "mlruns").as_uri())
    [run] = mlflow.search_runs(experiment_names=["24_fails"], output_format="list")
    assert (run.info.status, run.data.tags["minirack.reason"]) == ("FAILED", "cell 1 of 1: ValueError: no")


def test_a_stop_while_mlflow_is_told_is_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "script.py"
    script.write_text("print('done')\n")
    monkeypatch.setattr(program, "expect_mlflow", lambda _: None)
    monkeypatch.setattr(program, "log_to_mlflow", lambda *_: signal.raise_signal(signal.SIGTERM))
    asked = program.parse_arguments(["python", str(script), "--output", str(tmp_path), "--mlflow", "mlruns"])
    outcome = Outcome()
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert program.run(asked, outcome) == 143
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (outcome.status, outcome.reason) == ("stopped", "stopped while MLflow was told of it")


def test_a_run_that_wants_mlflow_and_has_none_fails_before_it_begins() -> None:
    with pytest.raises(MissingPackageError, match="--mlflow: expected mlflow among the packages, got none"):
        expect_mlflow({"numpy": "2.4.6"})


def test_what_dvc_tracks_is_read_as_dvc_wrote_it(tmp_path: Path) -> None:
    pytest.importorskip("dvc")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "prices.csv").write_text("1\n")
    for words in (["init", "--no-scm", "-q"], ["add", "-q", "data/prices.csv"]):
        subprocess.run([sys.executable, "-m", "dvc", *words], cwd=tmp_path, check=True, env={**os.environ, **QUIET})
    # md5 of "1\n"
    assert dvc_tracked(tmp_path) == {"data/prices.csv": "b026324c6904b2a9cb4b88d6d61c81d1"}
