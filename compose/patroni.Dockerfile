# PostgreSQL under Patroni, both of the versions in compose/provision. Build from the repository's root:
#   docker build -f compose/patroni.Dockerfile -t firedrill-patroni:4.1.5 .
FROM postgres:18.6
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 python3-pip \
  && rm -rf /var/lib/apt/lists/*
COPY compose/provision/locks /locks
RUN pip="python3 -m pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all:" \
  && $pip --target /tools -r /locks/setuptools.txt \
  && PYTHONPATH=/tools $pip --target /opt/patroni --no-binary=python-etcd --no-build-isolation -r /locks/patroni.txt \
  && rm -rf /tools \
  && printf '#!/bin/sh\nPYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}/opt/patroni" exec python3 -s -m patroni "$@"\n' >/usr/local/bin/patroni \
  && chmod 755 /usr/local/bin/patroni
