# shellcheck shell=sh disable=SC2154 # $opt, $at are python.sh's
# A project in a Python environment: its locked dependencies, then itself. Nothing is left in the project's folder.

export PYTHONDONTWRITEBYTECODE=1

# get_poetry: Poetry reads its own lock best; it never installs anything but itself
get_poetry() {
  [ ! -x "$opt/poetry/bin/poetry" ] || return 0
  rm -rf "$opt/poetry" "$opt/poetry.new"
  uv venv --no-project "$opt/poetry.new"
  uv pip install --python "$opt/poetry.new/bin/python" poetry==2.5.1 poetry-plugin-export==1.10.1
  mv "$opt/poetry.new" "$opt/poetry"
}

# each_of OPTION LIST COMMAND...: the command with the option before each part of a list with commas
each_of() {
  option=$1 list=$2; shift 2
  while [ -n "$list" ]; do
    set -- "$@" "$option" "${list%%,*}"
    case $list in *,*) list=${list#*,} ;; *) list='' ;; esac
  done
  "$@"
}

# project_requirements PATH MANIFEST LOCK EXTRAS GROUPS …: adds what its lock says for this Python to minirack.in
project_requirements() {
  out=$at/minirack.project.in
  case $3 in
    uv.lock)
      each_of --extra "$4" each_of --group "$5" uv export --frozen --project "$1" --python "$at/bin/python" \
        --no-emit-project --no-default-groups --no-hashes --no-header --no-annotate -o "$out" > /dev/null ;;
    poetry.lock)
      export POETRY_CACHE_DIR="$at/poetry" POETRY_CONFIG_DIR="$at/poetry"
      each_of --extras "$4" each_of --with "$5" \
        "$opt/poetry/bin/python" -m poetry --quiet --no-interaction --directory "$1" export --without-hashes --output "$out"
      rm -rf "$at/poetry" ;;
    none)
      definition=pyproject.toml
      [ -e "$1/$definition" ] || definition=setup.py
      (cd "$1" && without_traces "$1" each_of --extra "$4" each_of --group "$5" uv pip compile --python "$at/bin/python" \
        --no-header --no-annotate "$definition" -o "$out") ;;
  esac
  cat "$out" >> "$at/minirack.in"
  rm -f "$out"
}

# install_project PATH MANIFEST LOCK EXTRAS GROUPS IS_EDITABLE …: from where it lies, or from a copy of what is the project's
install_project() {
  if [ "$6" = yes ]; then
    without_traces "$1" uv pip install --python "$at/bin/python" --no-deps --editable "$1"
    return
  fi
  copy=$(mktemp -d)
  cut -f4 "$2" | tar -C "$1" --create --verbatim-files-from --files-from=- | tar -C "$copy" --extract
  uv pip install --python "$at/bin/python" --no-deps "$copy"
  rm -rf "$copy"
}

# without_traces FOLDER COMMAND...: setuptools leaves egg-info beside what it builds; what was not there before goes
without_traces() {
  project=$1; shift
  before=$(traces)
  "$@"
  traces | while IFS= read -r one; do
    printf '%s\n' "$before" | grep -qxF -e "$one" || rm -rf "$one"
  done
}
traces() { find "$project" -maxdepth 2 -name '*.egg-info' | sort; }
