"""The environment of a run, which is not the executor's: its Python, and what is installed for it."""

import json
import subprocess
from dataclasses import dataclass

LISTING = """
import json, platform
from importlib.metadata import distributions
found = {one.metadata["Name"]: one.version for one in distributions() if one.metadata["Name"]}
print(json.dumps([platform.python_version(), found]))
"""


@dataclass
class Environment:
    """Version of Python, and name → version of every package, by name."""

    version: str
    packages: dict[str, str]


def read_environment(python: str) -> Environment:
    """Asks a Python; what the project itself has in its folders is no package."""
    said = subprocess.run([python, "-I", "-c", LISTING], check=True, stdout=subprocess.PIPE, text=True).stdout
    version, packages = json.loads(said)
    return Environment(version, dict(sorted(packages.items(), key=lambda entry: str(entry[0]).lower())))
