"""The settings of the bench, for pyinfra."""

import os
from io import StringIO

from pyinfra.operations import apt, files, server, systemd

limits = "* soft nofile 65536\n* hard nofile 65536\n"
sysctl_file = "/etc/sysctl.d/90-bench.conf"

apt.packages(
    name="packages",
    packages=["tmux", "jq", "redis-server"],
    update=True,
    cache_time=86400,
    _sudo=True,
)
server.user(name="user", user="worker", shell="/bin/bash", _sudo=True)  # noqa: S604 - their login shell
files.directory(name="folder", path="/srv/data", user="worker", mode="755", _sudo=True)
files.put(
    name="limits",
    src=StringIO(limits),
    dest="/etc/security/limits.d/90-bench.conf",
    mode="644",
    _sudo=True,
)
for key, value in {"net.ipv4.tcp_fin_timeout": 30, "net.ipv4.tcp_keepalive_time": 600}.items():
    server.sysctl(
        name=key,
        key=key,
        value=value,
        persist=True,
        persist_file=sysctl_file,
        _sudo=True,
    )
server.user_authorized_keys(name="key", user="worker", public_keys=[os.environ["BENCH_PUBLIC_KEY"]], _sudo=True)
systemd.service(name="redis", service="redis-server", running=True, enabled=True, _sudo=True)
