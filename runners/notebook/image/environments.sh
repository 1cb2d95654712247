#!/bin/sh
# Makes one of an image's two environments, as root while it is built: the executor's, or the project's own, which a notebook's kernel
# and a script run in. The project's is writable for whoever runs: `%pip install` is that run's alone.
# usage: environments.sh executor|project
set -eu
packages=/opt/minirack/packages
project=/opt/minirack/project
unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX

refuse() {
  echo "ERROR: base image: expected $1; name another one as notebook.baseImage in the cluster file" >&2
  exit 1
}

# Makes the controller's own certificate authorities known to pip, and to whatever the image has for that.
trust_certificates() {
  set -- "$packages"/certificates/*.crt
  [ -e "$1" ] || return 0
  if command -v update-ca-certificates > /dev/null; then
    mkdir -p /usr/local/share/ca-certificates
    cp "$@" /usr/local/share/ca-certificates/
    update-ca-certificates > /dev/null 2>&1
  fi
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ ! -s "$bundle" ] || break
  done
  { [ ! -s "$bundle" ] || cat "$bundle"; cat "$@"; } > /opt/minirack/certificates.crt
  export PIP_CERT=/opt/minirack/certificates.crt
}

# An empty environment with pip, by what the image has: Debian's Python comes without the part of venv that brings pip.
make_environment() {
  "$python" -m venv "$1" > /dev/null 2>&1 && return 0
  rm -rf "$1"
  "$python" -m venv --without-pip "$1" > /dev/null 2>&1 &&
    "$python" -m pip --python "$1/bin/python" install --quiet pip 2> /dev/null && return 0
  rm -rf "$1"
  DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -y -q python3-venv' > /dev/null 2>&1 &&
    "$python" -m venv "$1" && return 0
  refuse "a Python that makes environments (Debian: python3-venv), got $("$python" --version 2>&1) without"
}

install() {
  "$environment/bin/python" -m pip --disable-pip-version-check --no-color install --no-cache-dir --progress-bar off "$@"
}

python=$(command -v python3 || command -v python) || refuse "one with Python, got none"
trust_certificates
case $1 in
  executor)
    environment=/opt/minirack/executor
    make_environment "$environment"
    install -r "$packages/executor.txt"
    ;;
  project)
    environment=/opt/minirack/environment
    umask 000
    make_environment "$environment"
    cd "$project"
    [ ! -s requirements.txt ] || install -r requirements.txt
    "$environment/bin/python" -m pip --disable-pip-version-check list --format=freeze > /tmp/pinned.txt
    install -c /tmp/pinned.txt -r "$packages/kernel.txt"
    rm /tmp/pinned.txt
    ;;
esac
