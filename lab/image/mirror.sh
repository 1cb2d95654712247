#!/bin/sh
# Prints the Debian mirror that this computer's apt uses, else Debian's own.
set -eu
mirror=
if command -v apt-get >/dev/null; then
  # shellcheck disable=SC2016 # apt's own placeholders
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    grep '^http.*/debian/*$' | head -n 1) || mirror=
fi
mirror=${mirror:-http://deb.debian.org/debian}
echo "${mirror%/}"
