"""Parameters of a notebook: a cell with their values, after the one that is tagged `parameters`."""

import ast
import difflib
import re
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from .parameters import as_python

# What Jupyter reads besides Python: %magic and !shell, alone or as a value, and questions.
SPECIAL_LINE = re.compile(r"^([ \t]*)(?:[%!?].*|[\w.*]+\?+)$", re.MULTILINE)
SPECIAL_VALUE = re.compile(r"^([ \t]*[\w, ]+)=\s*[%!].*$", re.MULTILINE)


class UnknownParameterError(Exception):
    """A name that the notebook's own parameters do not have."""


def inject_parameters(notebook: NotebookNode, values: dict[str, Any]) -> None:
    """Puts a cell with the values after the notebook's own; at the top where it has none of its own."""
    if not values:
        return
    at = next((at for at, cell in enumerate(notebook.cells) if _is_tagged(cell)), None)
    if at is not None:
        _expect_known(values, _assigned(notebook.cells[at].source))
    lines = ["# given to this run", *(f"{name} = {as_python(value)}" for name, value in values.items())]
    cell = new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(0 if at is None else at + 1, cell)


def _is_tagged(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", [])


def _assigned(source: str) -> list[str]:
    """Names that a cell gives a value; none where it is no Python."""
    try:
        tree = ast.parse(SPECIAL_VALUE.sub(r"\1= None", SPECIAL_LINE.sub(r"\1pass", source)))
    except SyntaxError:
        return []
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return list(dict.fromkeys(names))


def _expect_known(values: dict[str, Any], known: list[str]) -> None:
    for name in values:
        if known and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            remedy = f"write {near[0]}" if near else "or give it a value in the cell tagged parameters"
            raise UnknownParameterError(f"parameters: expected one of {', '.join(known)}, got {name}; {remedy}")
