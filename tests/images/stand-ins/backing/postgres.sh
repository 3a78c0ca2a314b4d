#!/bin/bash
# What the image postgres does at its first start, and then.
set -euo pipefail
data=/var/lib/postgresql/data
initdb --pgdata "$data" --username "$POSTGRES_USER" --pwfile <(echo "$POSTGRES_PASSWORD") --auth-host scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 >/dev/null
echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single -D "$data" postgres >/dev/null
exec postgres -D "$data" -c unix_socket_directories=/var/run/postgresql
