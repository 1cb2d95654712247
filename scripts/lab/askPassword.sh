#!/bin/sh
# ssh asks this program for the password, so that it is in no argument and no environment.
set -eu
cat "$MINIRACK_PASSWORD_FILE"
