"""A script to try the way with: counts to three and leaves a file."""

import os
import platform
import sys
from pathlib import Path

OUTPUT = Path(os.environ.get("MINIRACK_OUTPUT", "."))

print(f"Python {platform.python_version()} on {platform.node()}, given {sys.argv[1:]}")
for number in range(1, 4):
    print(f"step {number} of 3", flush=True)
(OUTPUT / "results.csv").write_text("step\n1\n2\n3\n")
