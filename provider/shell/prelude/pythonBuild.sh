# shellcheck shell=sh disable=SC2034,SC2154,SC2164 # $opt, $cache, $python are python.sh's, and it has set -e
# Building what a Python environment needs: by a user whom no account and no file belongs to, in a folder that goes
# afterwards. What comes of it are wheels, which root installs without running anything of them.

build=$cache/build
builder=$nobodys_group

as_builder() (
  case $PWD/ in "$build"/*) ;; *) cd / ;; esac # the login user's home may be closed to others
  setpriv --reuid "$builder" --regid "$builder" --clear-groups --no-new-privs --inh-caps=-all env \
    HOME="$build/home" TMPDIR="$build/home" UV_CACHE_DIR="$build/home/uv" UV_CREDENTIALS_DIR="$build/home/credentials" POETRY_CACHE_DIR="$build/home/poetry" POETRY_CONFIG_DIR="$build/home/poetry" PYTHONDONTWRITEBYTECODE=1 ${SSL_CERT_FILE:+"REQUESTS_CA_BUNDLE=$SSL_CERT_FILE"} "$@"
)

# begin_build: an empty folder for what the builder reads (source) and writes (home); end_build: nothing of it is left
begin_build() {
  end_build
  mkdir -p "$cache"
  mkdir "$build" "$build/source" "$build/home" "$build/wheels"
  chown "$builder:$builder" "$build/source" "$build/home"
  : > "$build/project"
}
end_build() {
  stop_builder
  rm -rf "$build"
}
# shellcheck disable=SC2016 # kill -1 reaches all that its user may end: the builder's own processes
stop_builder() { setpriv --reuid "$builder" --regid "$builder" --clear-groups sh -c 'kill -s KILL -- -1' 2>/dev/null || true; }

# build_wheels: what has no wheel becomes one, and the project itself
build_wheels() {
  [ -s "$build/unbuilt" ] || [ -e "$build/installs" ] || return 0
  { with_hashes "$build/unbuilt"; [ ! -e "$build/installs" ] || cat "$build/installs"; } > "$build/needed"
  (
    cd "$build/source"
    as_builder "$opt/uv/bin/uv" -q venv --no-project --python "$python" "$build/home/built"
    as_builder "$opt/uv/bin/uv" -q pip install --python "$build/home/built/bin/python" --no-deps -r "$build/needed"
    [ ! -e "$build/moved" ] || as_builder "$python" -I -c "$moved_script" "$build/home/uv" "$build/source" "$(cat "$build/moved")"
  )
  stop_builder
  for one in "$build"/home/built/lib/python3*/site-packages/*.dist-info; do
    one=${one##*/}
    case $one in *[!A-Za-z0-9._+-]*) continue ;; esac
    find "$build/home/uv" -type f -name "${one%.dist-info}-*.whl" -regex '.*/[A-Za-z0-9._+-]*' -exec cp -- {} "$build/wheels/" \;
  done
}

# moved_script CACHE FROM TO: in the wheel of an editable project, the path of the copy becomes that of the project
moved_script='
import base64, hashlib, pathlib, sys, zipfile
cache, old, new = sys.argv[1:]
for wheel in pathlib.Path(cache).glob("sdists-*/editable/**/*.whl"):
    with zipfile.ZipFile(wheel) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist()}
    rows = []
    for name, data in files.items():
        if name.endswith(".dist-info/RECORD"):
            record = name
            continue
        files[name] = data.replace(old.encode(), new.encode())
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(files[name])}\n")
    files[record] = ("".join(rows) + f"{record},,\n").encode()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
'

# pip_settings_script: what the configuration of pip on the node says of indexes, as uv reads it
pip_settings_script='
import configparser, os, shlex
files = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf"]
pip = configparser.RawConfigParser(strict=False)
pip.read([os.path.expanduser(one) for one in files])
names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "trusted-host": "UV_INSECURE_HOST",
         "find-links": "UV_FIND_LINKS", "no-index": "UV_NO_INDEX", "proxy": "ALL_PROXY", "cert": "SSL_CERT_FILE"}
for key, name in names.items():
    said = [pip[one][key] for one in ("global", "install") if pip.has_option(one, key)]
    if said:
        joined = ("," if key == "find-links" else " ").join(said[-1].split())
        print(f"export {name}={shlex.quote(joined)}")
        if key == "extra-index-url":
            print("export UV_INDEX_STRATEGY=unsafe-best-match")
'
