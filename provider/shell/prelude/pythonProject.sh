# shellcheck shell=sh disable=SC2015,SC2154 # $opt, $python, $build … are python.sh's and pythonBuild.sh's
# A project in a Python environment: its locked dependencies, then itself, built from a copy that is as it was sent.

# get_poetry: Poetry reads its own lock best; it never installs anything but itself
get_poetry() {
  [ ! -x "$opt/poetry/bin/poetry" ] || return 0
  rm -rf "$opt/poetry" "$opt/poetry.new"
  uv venv --no-project "$opt/poetry.new"
  uv pip install --python "$opt/poetry.new/bin/python" --no-build poetry==2.5.1 poetry-plugin-export==1.10.1
  sync -f -- "$opt/poetry.new"
  mv "$opt/poetry.new" "$opt/poetry"
}
poetry() { as_builder "$opt/poetry/bin/python" -m poetry --no-interaction --directory "$build/source" "$@" > /dev/null; }

# each_of OPTION LIST COMMAND...: the command with the option before each part of a list with commas
each_of() {
  option=$1 list=$2; shift 2
  while [ -n "$list" ]; do
    set -- "$@" "$option" "${list%%,*}"
    case $list in *,*) list=${list#*,} ;; *) list='' ;; esac
  done
  "$@"
}

# project_requirements PATH MANIFEST LOCK EXTRAS GROUPS IS_EDITABLE …: what its lock says for this Python, into
# $build/project; a project that is a package is to be installed itself
project_requirements() {
  copy_project "$1" "$2"
  kind=$(as_builder "$opt/uv/bin/python" -I -c "$project_kind_script" "$build/source")
  out=$build/home/project.in
  case $3$kind in
    uv.lock*)
      locked_indexes
      each_of --extra "$4" each_of --group "$5" as_builder "$opt/uv/bin/uv" -q export --frozen --project "$build/source" --python "$python" \
        --no-emit-project --no-default-groups --no-editable --no-header --no-annotate -o "$out" > /dev/null ;;
    poetry.lock* | *poetry)
      [ "$3" = poetry.lock ] || { get_poetry; poetry lock; }
      each_of --extras "$4" each_of --with "$5" poetry export --output "$out" ;;
    none*)
      definition=pyproject.toml
      [ -e "$build/source/$definition" ] || definition=setup.py
      (cd "$build/source" && each_of --extra "$4" each_of --group "$5" as_builder "$opt/uv/bin/uv" -q pip compile --python "$python" \
        --no-header --no-annotate "$definition" -o "$out" > /dev/null) ;;
  esac
  stop_builder
  [ -f "$out" ] && [ ! -L "$out" ]
  plain_lines < "$out" > "$build/project"
  [ "$kind" = package ] || return 0
  case $6 in
    yes) printf -- '--editable .\n' > "$build/installs"; printf %s "$1" > "$build/moved" ;;
    *) echo . > "$build/installs" ;;
  esac
}

# copy_project PATH MANIFEST: read as the project's owner, kept as the builder's, and no other than the manifest says
copy_project() {
  IFS=$tab read -r _ owner _ < "${2%.manifest}.folder"
  owner=$(full_owner "$owner")
  cut -f4 "$2" > "$build/names"
  as_owner "$owner" "$1" "$(seconds_for "$2")" tar -C "$1" --create --no-recursion --verbatim-files-from --files-from=- < "$build/names" |
    as_builder tar -C "$build/source" --extract --no-same-owner --no-same-permissions --verbatim-files-from --files-from="$build/names" || true
  stop_builder
  awk -F"$tab" '$2 != "link" { print $1 "  ./" $4 }' "$2" > "$build/sums"
  awk -F"$tab" '$2 == "link" { print $4 "\t" $1; next } { print $4 "\t" }' "$2" | sort > "$build/expected"
  (cd "$build/source" && find . ! -type d -printf '%P\t%l\n') | sort | cmp -s - "$build/expected" &&
    { [ ! -s "$build/sums" ] || (cd "$build/source" && as_builder sha256sum --check --strict --status "$build/sums"); } || {
    echo "expected $1 to be as it was sent, got files that differ; put them back first: pulumi refresh, then pulumi up" >&2
    return 1
  }
}

# locked_indexes: where uv.lock has its packages from; its hashes say which they are
locked_indexes() {
  locked=$(sed -n 's/^source = { registry = "\(https\{0,1\}:[^" ]*\)" }.*/\1/p' "$build/source/uv.lock" | sort -u)
  others=$(printf '%s\n' "$locked" | grep -vx -e 'https://pypi.org/simple/*' | tr '\n' ' ' || true)
  [ -n "${others% }" ] || return 0
  case $locked in *https://pypi.org/simple*) ;; *) export UV_DEFAULT_INDEX="${others%% *}" ;; esac
  export UV_INDEX="${UV_INDEX:+$UV_INDEX }${others% }" UV_INDEX_STRATEGY=unsafe-best-match
}

# project_kind_script FOLDER: "package" for one that is installed itself, as uv and Poetry decide it; "poetry" for one that
# is none and whose dependencies Poetry alone can read; else "none"
project_kind_script='
import os, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib
at = sys.argv[1]
has = lambda name: os.path.isfile(os.path.join(at, name))
says = {}
if has("pyproject.toml"):
    with open(os.path.join(at, "pyproject.toml"), "rb") as file:
        says = tomllib.load(file)
tool = says.get("tool", {})
poetry = tool.get("poetry", {})
is_package = tool.get("uv", {}).get("package", "build-system" in says or has("setup.py") or has("setup.cfg"))
if poetry.get("package-mode", True) is False:
    print("none" if "dependencies" in says.get("project", {}) else "poetry")
else:
    print("package" if is_package else "none")
'
