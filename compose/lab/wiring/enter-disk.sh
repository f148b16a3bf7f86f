#!/bin/sh
# Runs a command where the node's own disk is (hold-disk.sh), as a user who is not root there, in the node's folder:
#   enter-disk.sh <command…>
pid=$(cat disk.pid) || exit
exec nsenter --user --mount --preserve-credentials --target "$pid" -- \
  /bin/sh -c 'cd "$0" && exec unshare --user --map-user=65534 --map-group=65534 "$@"' "$PWD" "$@"
