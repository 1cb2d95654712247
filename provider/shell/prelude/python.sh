# shellcheck shell=sh
# Python environments. uv comes from PyPI into an environment of its own.

opt=/opt/minirack
export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_PYTHON_PREFERENCE=only-system UV_NO_CONFIG=1 UV_NO_PROGRESS=1 UV_CACHE_DIR=/var/cache/minirack/uv
[ -e "$SSL_CERT_FILE" ] || unset SSL_CERT_FILE
uv() { "$opt/uv/bin/uv" -q "$@"; }

# show_environment NAME: its Python, what is installed, what was when it was made, and the project that it is for
show_environment() {
  at=$opt/environments/$1
  [ -x "$at/bin/python" ] || return 0
  printf '%s\tpython\t%s\n' "$1" "$(sed -n 's/^version_info = //p' "$at/pyvenv.cfg")"
  installed_in "$at" | sed "s/^/$1\tinstalled\t/"
  [ ! -e "$at/minirack.lock" ] || sed "s/^/$1\tlocked\t/" "$at/minirack.lock"
  [ ! -e "$at/minirack.project" ] || sed "s/^/$1\tproject\t/" "$at/minirack.project"
}
installed_in() {
  for one in "$1"/lib/python3*/site-packages/*.dist-info/METADATA; do
    [ -e "$one" ] || continue
    awk -F': ' '$1 == "Name" && !n { n = $2 } $1 == "Version" && !v { v = $2 } n && v { print n "==" v; exit }' "$one"
  done
}

get_uv() {
  [ "$("$opt/uv/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" != "0.13.9" ] || return 0
  folder "$opt"
  rm -rf "$opt/uv" "$opt/uv.new"
  python3 -m venv "$opt/uv.new"
  "$opt/uv.new/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-cache-dir --cert "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" uv==0.13.9
  mv "$opt/uv.new" "$opt/uv"
}

# make_environment NAME PYTHON REQUIREMENTS [PATH MANIFEST LOCK EXTRAS GROUPS IS_EDITABLE DIGEST]: the rest for a project
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
  rm -f "$at/minirack.lock" "$at/minirack.project"
  printf '%s' "$3" > "$at/minirack.in"
  shift 3
  [ $# -eq 0 ] || project_requirements "$@"
  uv pip compile --python "$at/bin/python" --no-header --no-annotate "$at/minirack.in" -o "$at/minirack.lock.new"
  uv pip sync --python "$at/bin/python" --allow-empty-requirements "$at/minirack.lock.new"
  [ $# -eq 0 ] || install_project "$@"
  rm -f "$at/minirack.lock.new"
  installed_in "$at" > "$at/minirack.lock"
  [ $# -eq 0 ] || (IFS=$(printf '\t'); printf '%s\n' "$*") > "$at/minirack.project"
  sync "$at/minirack.lock"
}

remove_uv() {
  rm -rf "$opt/uv" "$opt/uv.new" "$opt/poetry" "$opt/poetry.new" /var/cache/minirack
  rmdir --ignore-fail-on-non-empty "$opt/environments" "$opt" 2>/dev/null || true
}
