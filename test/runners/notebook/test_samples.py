import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_samples_are_committed_without_outputs(file: Path) -> None:
    cells = json.loads(file.read_text())["cells"]
    assert all(
        cell["outputs"] == [] and cell["execution_count"] is None for cell in cells if cell["cell_type"] == "code"
    )


def test_samples_run_and_the_last_compares_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("MINIRACK_INPUT", str(tmp_path))
    metadata = {"run": "base", "notebook": {"file": "notebooks/23_train_model.ipynb"}, "parameters": {}, "seconds": 1.5}
    for file in SAMPLES:
        output = tmp_path / file.stem
        monkeypatch.setenv("MINIRACK_OUTPUT", str(output))
        notebook = nbformat.read(file, as_version=4)
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        if file.stem.startswith("23"):
            (output / "metadata.json").write_text(json.dumps(metadata))
    accuracy = float((tmp_path / "50_compare_runs" / "comparison.csv").read_text().splitlines()[1].split(",")[0])
    assert 0.9 < accuracy < 1
