# shellcheck shell=sh disable=SC2030,SC2031,SC2119,SC2120,SC2154 # make_environment is a shell of its own; $build … are pythonBuild.sh's
# Python environments. uv comes from PyPI into an environment of its own. Root runs nothing that comes from a package or a
# project: what needs building is built by a user of no account, and an environment is made whole each time, as uv asks
# the Python of one, which runs what is installed there.

opt=/opt/minirack
cache=/var/cache/minirack
export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_PYTHON_PREFERENCE=only-system UV_NO_CONFIG=1 UV_NO_PROGRESS=1 UV_CACHE_DIR=/var/cache/minirack/uv UV_CREDENTIALS_DIR=/var/cache/minirack/credentials
[ -e "$SSL_CERT_FILE" ] || unset SSL_CERT_FILE
uv() { "$opt/uv/bin/uv" -q "$@"; }

# What of uv may be installed: one line for pip, with the checksums of its wheels for each kind of computer.
uv_pinned='uv==0.13.9 \
    --hash=sha256:16963d19594e18d746a70c7fce82237bde4f2cac4cfcf0ca2b84796fe9d0c6e9 \
    --hash=sha256:2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25 \
    --hash=sha256:3eeeb51a267a2144640fcd8f38d4a2f63439b39bc47445fd84727c3fc462c843 \
    --hash=sha256:5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe \
    --hash=sha256:56ec37616c00220032fc7b8c9d0ef51367fd0d70d9cd6ddd841660f949f84fed \
    --hash=sha256:66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63 \
    --hash=sha256:6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b \
    --hash=sha256:6b0c7b9f47a5d011939d61e324d3fe18a8bc155d8dd53add738709a92f290a7c \
    --hash=sha256:6d5114bba238adddacb32fb11904f2b3ff4e988f8e9ff0d8d3b5e9822cf836b8 \
    --hash=sha256:7ec1e1dd9b6cb335c301afdf877989df384227313981850755a59561f75e4ab8 \
    --hash=sha256:a2ee66fe8b6608e1482ab1bde5799da04705c1cb40324c7f66054ecf46ae6e40 \
    --hash=sha256:a6e845f387e4ed55bb59342957a9179e24a631fcc7668bda3426ae1cef8ed4b9 \
    --hash=sha256:c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5 \
    --hash=sha256:c5dbdb7c8737cd183a9dce95b39cfd1f3d54ec2a27a1bb58f160293f9ba2c805 \
    --hash=sha256:d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19 \
    --hash=sha256:db5c8df7145c21ffea9c0f74e38823bac3af60cbadf0e26b8633f08627b17bab \
    --hash=sha256:dd6f4f93ddf8a668c73f0945f3638444b2140a4e15a3912067493fc6335543e4 \
    --hash=sha256:ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375 \
    --hash=sha256:eeb92051c2123b9730c46b04cc843cfa4bc7d7b0aec56df431a2215ef4cb0273'

# show_environment NAME: its Python, what is installed, what was when it was made, what for, and the project that it is for
show_environment() {
  at=$opt/environments/$1
  [ -x "$at/bin/python" ] || return 0
  printf '%s\tpython\t%s\n' "$1" "$(sed -n 's/^version_info = //p' "$at/pyvenv.cfg")"
  installed_in "$at" | sed "s/^/$1\tinstalled\t/"
  [ ! -e "$at/minirack.lock" ] || sed "s/^/$1\tlocked\t/" "$at/minirack.lock"
  [ ! -e "$at/minirack.lock" ] || [ ! -e "$at/minirack.in" ] || sed "s/^/$1\tasked\t/" "$at/minirack.in"
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
  printf '%s\n' "$uv_pinned" > "$opt/uv.new/pinned.txt"
  "$opt/uv.new/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-cache-dir --require-hashes --only-binary :all: --cert "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" -r "$opt/uv.new/pinned.txt"
  sync -f -- "$opt/uv.new"
  mv "$opt/uv.new" "$opt/uv"
}

# make_environment NAME PYTHON REQUIREMENTS [PATH MANIFEST LOCK EXTRAS GROUPS IS_EDITABLE DIGEST]: the rest for a project.
# In a shell of its own: where pip and the project look for packages holds for this environment alone.
make_environment() (
  at=$opt/environments/$1 wanted=$3
  trap stop_builder EXIT # what a build leaves running has our files open, and would be waited for
  begin_build
  pip_settings=$("$opt/uv/bin/python" -I -c "$pip_settings_script")
  eval "$pip_settings"
  python=$("$opt/uv/bin/uv" python find --no-project "$2" 2>/dev/null) || {
    echo "expected Python $2 on the node, got $(python3 --version); install that version or ask for the node's own" >&2
    exit 1
  }
  printf '%s' "$wanted" > "$build/asked"
  shift 3
  [ $# -eq 0 ] || project_requirements "$@"
  lock_requirements
  build_wheels
  with_hashes > "$build/final"
  folder "$opt/environments"
  install_environment
  installed_in "$at" > "$at/minirack.lock.new"
  printf '%s' "$wanted" > "$at/minirack.in"
  [ $# -eq 0 ] || (IFS=$(printf '\t'); printf '%s\n' "$*") > "$at/minirack.project"
  sync -f -- "$at" # a lock that is there says that all of it is
  mv -f "$at/minirack.lock.new" "$at/minirack.lock"
  rm -rf "$opt/environments/.old"
  end_build
)

# lock_requirements: what is asked for and what the project needs, as versions: with wheels alone where that goes; else
# what has no wheel for this Python is named in $build/unbuilt
lock_requirements() {
  cat "$build/project" "$build/asked" > "$build/in"
  built=''
  (cd "$build/source" && uv pip compile --python "$python" --no-build --no-header --no-annotate "$build/in" -o "$build/lock" > /dev/null 2>&1) || built=yes
  if [ -n "$built" ]; then
    (cd "$build/source" && as_builder "$opt/uv/bin/uv" -q pip compile --python "$python" --no-header --no-annotate "$build/in") > "$build/compiled"
    plain_lines < "$build/compiled" > "$build/lock"
  fi
  while IFS= read -r line; do
    case $line in
      *.whl) ;;
      [./]* | file:* | *' @ '*) printf '%s\n' "$line" ;;
      [A-Za-z0-9]*) [ -z "$built" ] || has_wheel "$line" || printf '%s\n' "$line" ;;
    esac
  done < "$build/lock" > "$build/unbuilt"
  grep -vxF -f "$build/unbuilt" "$build/lock" > "$build/lock.new" || true
  mv "$build/lock.new" "$build/lock"
}

# plain_lines: of requirements that the builder wrote, and a project with it, what root may read: packages, hashes, indexes. uv
# builds what is editable even with --no-build, so nothing is; of other options some name files that are root's alone.
plain_lines() {
  tr '\r\f\v' '\n' | awk '{
    sub(/^(-e|--editable)[ =]*/, "")
    rest = $0
    sub(/ *\\$/, "", rest)
    hashes = gsub(/ --hash=[a-z0-9]+:[0-9a-f]+/, "", rest)
    is_package = rest ~ /^[.\/A-Za-z0-9]/ && rest !~ /[^!-~]-/
    is_index = rest ~ /^--(extra-)?index-url[ =]https?:\/\/[!-~]*$/
    if (is_package || is_index || (hashes && rest ~ /^ *$/)) print
  }'
}

has_wheel() {
  printf '%s\n' "$1" > "$build/one"
  (cd "$build/source" && uv pip install --dry-run --no-deps --no-build --python "$python" --target "$build/none" -r "$build/one" > /dev/null 2>&1)
}

# with_hashes: the lock's lines with the hashes that the lines had that asked for them, and the wheels that were built
with_hashes() {
  awk 'function key(line) { sub(/[^A-Za-z0-9._-].*/, "", line); line = tolower(line); gsub(/[-_.]+/, "-", line); return line }
    { sub(/\r$/, ""); while (sub(/\\$/, "")) { if ((getline more) <= 0) break; $0 = $0 more } }
    part == 1 { name = key($0); for (i = 2; i <= NF; i++) if ($i ~ /^--hash=/) hashes[name] = hashes[name] " " $i; next }
    /^[^#[:space:]]/ { print $0 hashes[key($0)] }' part=1 "$build/in" part=2 "${1:-$build/lock}"
  for one in "$build"/wheels/*.whl; do
    [ ! -e "$one" ] || [ $# -gt 0 ] || printf '%s --hash=sha256:%s\n' "$one" "$(sha256sum "$one" | cut -d' ' -f1)"
  done
}

# install_environment: beside nothing: the one of before is put back where it does not go well
install_environment() {
  hashed=$(all_hashed)
  rm -rf "$opt/environments/.old"
  [ ! -e "$at" ] || mv -T "$at" "$opt/environments/.old"
  { uv venv --no-project --python "$python" "$at" &&
    uv pip sync --python "$at/bin/python" --no-build --allow-empty-requirements ${hashed:+"$hashed"} "$build/final"; } && return 0
  rm -rf "$at"
  [ ! -e "$opt/environments/.old" ] || mv -T "$opt/environments/.old" "$at"
  return 1
}

# all_hashed: where each line that was asked for has hashes nothing without one is installed
all_hashed() {
  [ -s "$build/in" ] || return 0
  sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' "$build/in" | grep '^[^#[:space:]]' | grep -qv -e '--hash=' || echo --require-hashes
}

remove_uv() {
  rm -rf "$opt/uv" "$opt/uv.new" "$opt/poetry" "$opt/poetry.new" "$opt/environments/.old" "$cache"
  rmdir --ignore-fail-on-non-empty "$opt/environments" "$opt" 2>/dev/null || true
}
