#!/bin/sh
# The broker. Its configuration is read from standard input, so that the password shows in no process list.
set -eu
exec docker-entrypoint.sh redis-server - <<CONFIGURATION
requirepass $REDIS_PASSWORD
dir /data
appendonly yes
maxmemory-policy noeviction
CONFIGURATION
