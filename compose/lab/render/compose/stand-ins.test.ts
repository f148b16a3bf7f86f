import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { levels } from '@firedrill/topology';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeModel } from './compose-file.ts';

const root = join(import.meta.dirname, '../../../..');

/** Programs that the stand-ins are made of, as they lie in the cache: component/executable. */
const programs = [
  ...[
    'toxiproxy/toxiproxy-server',
    'toxiproxy/toxiproxy-cli',
    'prometheus/prometheus',
    'prometheus/promtool',
  ],
  ...['alertmanager/alertmanager', 'alertmanager/amtool', 'loki/loki', 'collector/otelcol'],
  ...['jaeger/jaeger-all-in-one', 'blackbox/blackbox_exporter', 'postgres-exporter/postgres_exporter'],
  ...['pgbouncer-exporter/pgbouncer_exporter', 'node-exporter/node_exporter', 'etcd/etcd', 'sloth/sloth'],
];

/** An engine that writes down what it was to build, and has all that is not made of one program. */
const docker = `#!/bin/bash
image() { sed 's#[/:]#_#g' <<<"$1"; }
case "$1 $2" in
  'image inspect')
    case "\${!#}" in debian:*|node:*|postgres:*|firedrill*|haproxy:*|edoburu/*) exit 0 ;; esac
    cat "$BUILT/$(image "\${!#}").label" 2>/dev/null || exit 1 ;;
  'build --quiet')
    cp "\${!#}/Dockerfile" "$BUILT/$(image "$4")"
    printf '%s' "\${6#firedrill.stand-in=}" >"$BUILT/$(image "$4").label" ;;
  *) exit 1 ;;
esac
`;

interface Started {
  readonly image: string;
  readonly entrypoint: readonly string[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-stand-ins-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'built'));
  writeFileSync(join(folder, 'bin/docker'), docker);
  chmodSync(join(folder, 'bin/docker'), 0o755);
  // A checkout of the script alone: it would go on with images of the shop.
  cpSync(join(root, '.ci/docker-engine'), join(folder, 'checkout/.ci/docker-engine'));
  const cache = join(folder, 'cache/firedrill');
  const inCache = programs.map((path) => path.replace('/', '/1.0/bin/'));
  for (const path of [...inCache.map((one) => `components/${one}`), 'docker/etcdctl']) {
    mkdirSync(dirname(join(cache, path)), { recursive: true });
    writeFileSync(join(cache, path), '');
    chmodSync(join(cache, path), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const built = (image: string) => join(folder, 'built', image.replaceAll(/[/:]/g, '_'));

/** Until the images that need more than one program, of which this engine has nothing. */
const makeImages = () =>
  spawnSync(join(folder, 'checkout/.ci/docker-engine'), ['images'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      XDG_CACHE_HOME: join(folder, 'cache'),
      BUILT: join(folder, 'built'),
    },
  }).stderr;

it('starts, without other words, the program that the official image starts', () => {
  const said = makeImages();
  const services = levels.flatMap((level) => Object.values(composeModel(level, root).compose.services));
  const made = readdirSync(join(folder, 'built')).filter((name) => !name.endsWith('.label'));
  const seen = new Set<string>();
  for (const { image, entrypoint } of services as unknown as readonly Started[]) {
    const name = image.replaceAll(/[/:]/g, '_');
    if (!made.includes(name)) continue;
    seen.add(name);
    const starts = readFileSync(built(image), 'utf8').trimEnd().split('\n').at(-1);
    // etcd's own has no entrypoint, but a command.
    const by = image.includes('/etcd:') ? 'CMD' : 'ENTRYPOINT';
    expect(starts, image).toBe(`${by} ["${entrypoint[0]}"]`);
  }
  expect([...seen].toSorted(), said).toEqual(made.toSorted());
  expect(made).toContain('ghcr.io_slok_sloth_v0.16.0');
});

it('makes one again that it made otherwise before, and leaves every other one', () => {
  const old = 'ghcr.io/slok/sloth:v0.16.0';
  const official = 'prom/prometheus:v3.5.1';
  makeImages();
  writeFileSync(`${built(old)}.label`, 'true');
  writeFileSync(`${built(official)}.label`, '');
  const said = makeImages();
  expect([...said.matchAll(/^… image (.+)$/gm)].map(([, image]) => image)).toEqual([old]);
});
