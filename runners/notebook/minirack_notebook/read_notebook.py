"""Reads a notebook's file, and refuses what cannot be run."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.reader import NotJSONError


class NotANotebookError(Exception):
    """A file that is no notebook, or one of another language."""


def read_notebook(file: Path) -> NotebookNode:
    """Reads it, whatever version of the format it has, as the newest."""
    try:
        notebook: NotebookNode = nbformat.v4.upgrade(nbformat.read(file, as_version=4))
        nbformat.validate(notebook)
    except (NotJSONError, nbformat.ValidationError) as error:
        found = str(error).splitlines()[0]
        remedy = "open it in Jupyter and save it"
        raise NotANotebookError(f"{file}: expected a notebook as Jupyter saves it, got: {found}; {remedy}") from error
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise NotANotebookError(f"{file}: expected a notebook in Python, got one in {language}")
    return notebook
