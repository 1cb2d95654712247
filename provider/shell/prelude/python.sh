# shellcheck shell=sh
# Python environments. uv comes from PyPI into an environment of its own.

opt=/opt/minirack
export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_PYTHON_PREFERENCE=only-system UV_NO_CONFIG=1 UV_NO_PROGRESS=1 UV_CACHE_DIR=/var/cache/minirack/uv
[ -e "$SSL_CERT_FILE" ] || unset SSL_CERT_FILE
uv() { "$opt/uv/bin/uv" -q "$@"; }

show_environment() {
  at=$opt/environments/$1
  [ -x "$at/bin/python" ] || return 0
  printf '%s\tpython\t%s\n' "$1" "$(sed -n 's/^version_info = //p' "$at/pyvenv.cfg")"
  for one in "$at"/lib/python3*/site-packages/*.dist-info/METADATA; do
    [ -e "$one" ] || continue
    awk -v e="$1" -F': ' '$1 == "Name" && !n { n = $2 } $1 == "Version" && !v { v = $2 } n && v { printf "%s\tinstalled\t%s==%s\n", e, n, v; exit }' "$one"
  done
  [ ! -e "$at/minirack.lock" ] || sed "s/^/$1\tlocked\t/" "$at/minirack.lock"
}

get_uv() {
  [ "$("$opt/uv/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" != "0.13.9" ] || return 0
  folder "$opt"
  rm -rf "$opt/uv" "$opt/uv.new"
  python3 -m venv "$opt/uv.new"
  "$opt/uv.new/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-cache-dir --cert "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" uv==0.13.9
  mv "$opt/uv.new" "$opt/uv"
}

# make_environment NAME PYTHON REQUIREMENTS
make_environment() {
  at=$opt/environments/$1
  folder "$opt/environments"
  if [ ! -x "$at/bin/python" ]; then
    rm -rf "$at"
    uv venv --no-project --python "$2" "$at" || {
      echo "expected Python $2 on the node, got $(python3 --version); install that version or ask for the node's own" >&2
      exit 1
    }
  fi
  rm -f "$at/minirack.lock"
  printf '%s' "$3" > "$at/minirack.in"
  uv pip compile --python "$at/bin/python" --no-header --no-annotate "$at/minirack.in" -o "$at/minirack.lock.new"
  uv pip sync --python "$at/bin/python" --allow-empty-requirements "$at/minirack.lock.new"
  awk '{ sub(/ .*/, ""); print }' "$at/minirack.lock.new" > "$at/minirack.lock"
  rm -f "$at/minirack.lock.new"
  sync "$at/minirack.lock"
}

remove_uv() { rm -rf "$opt/uv" "$opt/uv.new" /var/cache/minirack; rmdir --ignore-fail-on-non-empty "$opt/environments" "$opt" 2>/dev/null || true; }
