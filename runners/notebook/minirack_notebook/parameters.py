"""Parameters of a run, with the types that they have in Python."""

import json
import math
from pathlib import Path
from typing import Any


def read_parameters(path: Path | None) -> dict[str, Any]:
    """Name → value, of a JSON file. What JSON cannot say stands there as `{"python": "nan"}`."""
    if path is None:
        return {}
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), object_hook=_value)
    return values


def _value(found: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever a person types
    return float(found["python"]) if set(found) == {"python"} else found


def as_python(value: Any) -> str:  # noqa: ANN401
    """A value in Python's own words."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {as_python(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_python, value)) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    return repr(value)


def script_arguments(values: dict[str, Any]) -> list[str]:
    """`--name=value`, as a script gets them: a text as it is, what else there is as JSON."""
    return [f"--{name}={_as_word(value)}" for name, value in values.items()]


def _as_word(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
