#!/usr/bin/env bash
# Runs a notebook on a node: `scripts/run-remote.sh --help`. The work is in runRemote.ts.
set -eu
exec "$(dirname "$(readlink -f "$0")")/runTypeScript" run-remote.sh runRemote.ts notebook "$@"
