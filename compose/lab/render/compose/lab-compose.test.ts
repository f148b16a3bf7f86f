import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levels } from '@firedrill/topology';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { dockerAddresses } from '../../up/docker/docker-state.ts';
import { composeModel } from './compose-file.ts';
import { containerContext } from './container-context.ts';
import { givenNode } from './divergence-mounts.ts';
import { labCompose } from './lab-compose.ts';
import { addressIn } from './network-plan.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/compose-spec.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
const checkout = join(import.meta.dirname, '../../../..');
const place = {
  project: 'firedrill-00000000',
  home: '/home/lab',
  checkout,
  oncall: '/oncall',
  receiverJournal: '/oncall/lab.jsonl',
  user: '1000:1000',
  nodeJs: '/node/bin/node',
};

interface Mount {
  readonly type: string;
  readonly target: string;
  readonly read_only?: boolean;
}

describe.each(levels.map((level) => [level.number, level] as const))('level %i', (_number, level) => {
  const model = composeModel(level, checkout, { clock: 'production', givenNode });
  const lab = labCompose(level, model.compose, place);

  it('is a compose file by the specification', () => {
    validate(lab);
    expect(validate.errors).toBeNull();
  });

  it('starts every node but the users, publishes nothing and lets nobody out', () => {
    const nodes = level.nodes.filter(({ kind }) => kind !== 'load-client').map(({ name }) => name);
    expect(Object.keys(lab.services).toSorted()).toEqual([...nodes, 'migrate', 'toxiproxy'].toSorted());
    for (const service of Object.values(lab.services)) expect(service).not.toHaveProperty('ports');
    for (const network of Object.values(lab.networks)) expect(network).toMatchObject({ internal: true });
  });

  it('finds its files in the lab’s folder, and those of the checkout where they are', () => {
    const files = Object.values(lab.configs).flatMap(({ file }) => (file === undefined ? [] : [file]));
    const written = new Set(model.files.map(({ path }) => join(place.home, path)));
    for (const file of files) expect(file.startsWith(checkout) || written.has(file), file).toBe(true);
    expect(JSON.stringify(lab)).toContain(join(checkout, 'slo/generated'));
  });

  it('lets a server of Patroni’s write down what only it has, in the lab’s folder, and change nothing else of this machine', () => {
    for (const { name } of level.nodes.filter(({ kind }) => kind === 'patroni')) {
      const { volumes } = lab.services[name] as { readonly volumes: readonly Mount[] };
      const bound = volumes.filter(({ type }) => type === 'bind');
      expect(bound.filter(({ read_only: only }) => only !== true)).toEqual([
        { type: 'bind', source: `/home/lab/${name}/divergences`, target: `/lab/${name}/divergences` },
      ]);
      const script = model.files.find(({ path }) => path === `${name}/pg_rewind`)?.content ?? '';
      const [, node = '', main = ''] = /^exec (\S+) (\S+\/rewind-main\.ts) /m.exec(script) ?? [];
      expect(bound.map(({ target }) => target)).toContain(node);
      expect(bound.some(({ target }) => main.startsWith(`${target}/`))).toBe(true);
    }
  });

  it('tells Toxiproxy where each node is, so that no name is looked for elsewhere; the users are this machine', () => {
    const { extra_hosts: hosts } = lab.services['toxiproxy'] as { readonly extra_hosts: readonly string[] };
    const { networks } = composeModel(level, checkout, { clock: 'production', givenNode }).compose.services[
      'toxiproxy'
    ] as { readonly networks: object };
    expect(hosts.map((host) => host.split(':')[0]).toSorted()).toEqual(
      Object.keys(networks)
        .filter((name) => name !== 'host')
        .toSorted(),
    );
    for (const node of level.nodes) {
      const here = node.kind === 'load-client' ? 'host' : 'node';
      expect(hosts).toContain(`${node.name}:${addressIn(level, node.name, here)}`);
    }
  });

  it('reaches each edge where its source does, and each node at its own address', () => {
    const { nodes, edges, toxiproxyPort } = containerContext(level).state;
    const seen = dockerAddresses(level, { nodes, edges, toxiproxyPort }, '10.99');
    for (const { name, from, to } of level.edges) {
      const isOwn = level.nodes.some((node) => node.name === from && node.kind !== 'load-client');
      expect(seen.edges[name]?.host, name).toBe(
        addressIn(level, isOwn ? from : 'host', 'toxiproxy', '10.99'),
      );
      expect(seen.edges[name]?.proxy?.upstream.startsWith(`${to}:`), name).toBe(true);
    }
    const all = Object.values(seen.addresses);
    expect(new Set(all).size).toBe(level.nodes.length + 1);
  });
});
