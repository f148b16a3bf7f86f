#!/bin/sh
# Starts one PostgreSQL of a level whose servers may follow each other, in the node's folder:
#   start-postgres.sh <folder of PostgreSQL's programs>
# Where standby.conf lies, the server comes up as a standby of the server named there, or not at all: that is the fence.
# What it takes depends on its data: a standby's serves at once; a former primary's is taken back by pg_rewind to where
# the two parted; where there is none, where that fails, or where `rejoin` lies, pg_basebackup copies everything.
#
# None of it may hold up those who serve: to sync a thousand files one by one stops everybody's commits on this disk for seconds.
# So what prepares a standby, and its start, sync nothing; it syncs from the moment that it is up. What a lost machine would
# take with it is a copy, and is copied again.
set -u
umask 077
bin=$1
data=$PWD/data

say() { echo "start-postgres: $*"; }
serve() { exec "$bin/postgres" -D "$data" -c "config_file=$PWD/postgresql.conf"; }
setting() { sed -n "s/^$1 = '\(.*\)'\$/\1/p" standby.conf; }
control() { "$bin/pg_controldata" -D "$data" | sed -n "s/^$1: *//p"; }
ask() { "$bin/psql" -XqtA -v ON_ERROR_STOP=1 -d "$upstream dbname=postgres" -c "$1"; }

# Whoever starts with `fsync = off` in joining.conf leaves that behind as soon as it lets anybody in.
join() {
  echo 'fsync = off' >joining.conf
  (until [ "$(sed -n 1p data/postmaster.pid 2>/dev/null)" = $$ ] && sed -n 8p data/postmaster.pid | grep -q 'ready\|standby'; do
    kill -0 $$ || exit
    sleep 0.1
  done 2>/dev/null
  rm -f joining.conf && kill -HUP $$) &
  serve
}

rm -f joining.conf
[ -e standby.conf ] || serve
[ -e data/standby.signal ] && [ ! -e rejoin ] && join

upstream=$(setting primary_conninfo)
slot=$(setting primary_slot_name)

# The upstream keeps its WAL for this server from here on. A slot that fell behind its limit is of no use any more.
take_slot() {
  ask "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
       WHERE slot_name = '$slot' AND wal_status = 'lost'" >/dev/null &&
    ask "SELECT pg_create_physical_replication_slot('$slot', true)
         WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '$slot')" >/dev/null
}

# Of a former primary only: at a standby pg_rewind would see no need. Cut off half-way it leaves data that is of no use.
rewind() {
  [ -e data/PG_VERSION ] && [ ! -e data/standby.signal ] && [ ! -e rejoin ] && [ ! -e rewinding ] || return 1
  : >rewinding
  # Recovers to the end of its own WAL, which tells how much of it the upstream never had.
  case $(control 'Database cluster state') in
    'shut down') ;;
    *) nice "$bin/postgres" --single -D "$data" -c "config_file=$PWD/postgresql.conf" -c fsync=off template1 </dev/null || return 1 ;;
  esac
  end=$(control 'Latest checkpoint location')
  nice "$bin/pg_rewind" --no-sync -D "$data" --source-server="$upstream dbname=postgres" \
    --config-file="$PWD/postgresql.conf" >rewind.log 2>&1
  code=$?
  cat rewind.log
  [ $code -eq 0 ] || return 1
  fork=$(sed -n 's/.*servers diverged at WAL location \([0-9A-F/]*\) .*/\1/p' rewind.log)
  : >data/standby.signal
  rm -f rewinding
  [ -z "$fork" ] && say "nothing to throw away" && return 0
  say "threw away $(ask "SELECT greatest(0, pg_wal_lsn_diff('$end', '$fork'))") bytes of WAL from $fork to $end"
}

copy() {
  rm -rf data.new
  nice "$bin/pg_basebackup" -d "$upstream" -D data.new --slot="$slot" --wal-method=stream --checkpoint=fast --no-sync || return 1
  : >data.new/standby.signal
  rm -rf data && mv data.new data && rm -f rewinding && say "copied from the upstream"
}

# The upstream may not be up yet, or be cut off: both end some day.
until take_slot && { rewind || copy; }; do
  sleep 0.3
done
rm -f rejoin
join
