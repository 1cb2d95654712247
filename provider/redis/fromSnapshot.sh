#!/bin/sh
# Before Redis starts: a Redis that is to log every write and finds no log begins empty, and later writes over its
# snapshot. Here the snapshot becomes the log's base, in the form of Redis 7 and later.
set -eu

# value KEY DEFAULT: what the configuration says last
value() {
  awk -v key="$1" -v found="$2" 'tolower($1) == key { found = $2; gsub(/^["\047]|["\047]$/, "", found) } END { print found }' \
    /etc/redis/redis.conf /etc/redis/minirack.conf
}

[ "$(value appendonly no)" = yes ] || exit 0
cd "$(value dir /var/lib/redis)"
snapshot=$(value dbfilename dump.rdb) log=$(value appenddirname appendonlydir) name=$(value appendfilename appendonly.aof)
[ -s "$snapshot" ] && [ ! -e "$name" ] && [ ! -e "$log/$name.manifest" ] || exit 0

[ -d "$log" ] || mkdir -m 0750 "$log"
rm -f "$log/$name.1.base.rdb"
ln "$snapshot" "$log/$name.1.base.rdb" 2>/dev/null || cp --reflink=auto "$snapshot" "$log/$name.1.base.rdb"
: > "$log/$name.1.incr.aof"
printf 'file %s seq 1 type b\nfile %s seq 1 type i\n' "$name.1.base.rdb" "$name.1.incr.aof" > "$log/$name.manifest.new"
sync "$log"/*
mv "$log/$name.manifest.new" "$log/$name.manifest"
