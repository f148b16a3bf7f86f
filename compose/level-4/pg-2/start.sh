set -eu
if [ ! -e prepared ]; then
  chown postgres:postgres .
  # What a start that was cut off has left.
  rm -rf data
  install -D -o postgres -g postgres -m 600 /configs/patroni.yml patroni.yml
  install -D -o postgres -g postgres -m 600 /configs/postgresql.conf postgresql.conf
  install -D -o postgres -g postgres -m 600 /configs/python/sitecustomize.py python/sitecustomize.py

  # Its clients come from the proxies' address, not from 127.0.0.1.
  [ ! -e data/pg_hba.conf ] || printf 'host %s all samenet scram-sha-256\n' all replication >>data/pg_hba.conf
  : >prepared
fi
exec gosu postgres /usr/local/bin/patroni /lab/pg-2/patroni.yml
