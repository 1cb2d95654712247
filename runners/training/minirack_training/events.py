"""What a run tells the outside: one JSON object per line on stdout, its kind under "event"."""

import json
import re
import sys


def emit(event: str, **fields: object) -> None:
    """Writes one event and flushes it, so that a reader sees it at once; names become camelCase."""
    # One write per line: lines of several ranks share a pipe.
    sys.stdout.write(json.dumps(_camel_case({"event": event, **fields}), separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _camel_case(value: object) -> object:
    if isinstance(value, dict):
        return {re.sub("_([a-z0-9])", lambda m: m[1].upper(), key): _camel_case(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_camel_case(inner) for inner in value]
    return value
