set -eu
if [ ! -e prepared ]; then
  chown postgres:postgres .
  # What a start that was cut off has left.
  rm -rf data
  install -D -o postgres -g postgres -m 600 /configs/postgresql.conf postgresql.conf
  install -D -o postgres -g postgres -m 600 /configs/password password
  install -D -o postgres -g postgres -m 600 /configs/start-postgres.sh start-postgres.sh
  install -D -o postgres -g postgres -m 600 /configs/replication.pgpass replication.pgpass
  install -D -o postgres -g postgres -m 600 /configs/standby.conf standby.conf

  # Its clients come from the proxies' address, not from 127.0.0.1.
  [ ! -e data/pg_hba.conf ] || printf 'host %s all samenet scram-sha-256\n' all replication >>data/pg_hba.conf
  : >prepared
fi
exec gosu postgres /bin/sh /lab/pg-3/start-postgres.sh /usr/lib/postgresql/18/bin
