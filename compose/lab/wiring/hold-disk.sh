#!/bin/sh
# Gives a node's data a file system of its own, in the node's folder:
#   hold-disk.sh <bytes>
# It is in memory, in a mount namespace that nobody else sees, and a process that is no part of the node holds it: a node that
# is killed finds its data again. It needs no root, only a kernel that lets users have namespaces of their own.
set -eu

if [ "${2:-}" != holding ]; then
  setsid --fork unshare --user --map-root-user --mount /bin/sh hold-disk.sh "$1" holding </dev/null >disk.log 2>&1
  for _ in $(seq 200); do
    [ -e disk.pid ] && exit
    sleep 0.05
  done
  cat disk.log >&2
  exit 1
fi

mkdir -p disk
mount -t tmpfs -o "size=$1,mode=700" disk disk
cp -a data/. disk/
mount --bind disk data
echo $$ >disk.pid.new
mv disk.pid.new disk.pid
exec sleep infinity
