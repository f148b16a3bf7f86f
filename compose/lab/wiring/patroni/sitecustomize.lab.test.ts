import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provision } from '@firedrill/provision';
import { expect, it } from 'vitest';

/** Patroni's own look at the version of an etcd whose members have just met. */
const look = `
from types import SimpleNamespace
from patroni.dcs.etcd3 import Etcd3Client
client = SimpleNamespace(
    version_prefix="/v3beta",
    _MGET="GET",
    http=SimpleNamespace(urlopen=lambda *a, **k: None),
    _handle_server_response=lambda r: {"etcdserver": "3.6.0", "etcdcluster": "not_decided"},
)
try:
    Etcd3Client._ensure_version_prefix(client, "http://etcd-1")
except Exception as error:
    print(type(error).__name__)
`;

it.each([
  ['ends Patroni, as it is', {}, 'ValueError'],
  ['is waited for in a lab', { FIREDRILL_PATRONI: '1' }, 'EtcdException'],
])('an etcd without a version %s', async (_what, env, error) => {
  const patroni = (await provision(['patroni'])).get('patroni');
  const home = dirname(dirname(realpathSync(patroni?.bin('patroni') ?? '')));
  const told = execFileSync('python3', ['-s', '-c', look], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: [import.meta.dirname, join(home, 'packages')].join(':'),
      PYTHONDONTWRITEBYTECODE: '1',
      ...env,
    },
  });
  expect(told.trim()).toBe(error);
});
