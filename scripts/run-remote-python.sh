#!/usr/bin/env bash
# Runs a Python script on a node: `scripts/run-remote-python.sh --help`. The work is in runRemote.ts.
set -eu
exec "$(dirname "$(readlink -f "$0")")/runTypeScript" run-remote-python.sh runRemote.ts python "$@"
