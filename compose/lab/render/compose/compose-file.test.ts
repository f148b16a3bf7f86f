import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levels, sourcesOf, withFeed } from '@firedrill/topology';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderCompose } from './compose-file.ts';
import { holdsSecret, secretNames, variableOf } from './secrets.ts';

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<
    Record<
      string,
      {
        readonly internal?: boolean;
        readonly ipam: { readonly config: readonly { readonly subnet: string }[] };
      }
    >
  >;
  readonly configs: Readonly<Record<string, { readonly file?: string; readonly content?: string }>>;
}
interface ComposeService {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: Readonly<
    Record<string, { readonly ipv4_address: string; readonly aliases?: readonly string[] }>
  >;
  readonly ports?: readonly { readonly target: number; readonly host_ip: string }[];
  readonly configs?: readonly { readonly source: string }[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly mem_limit: string;
  readonly build?: { readonly dockerfile: string };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt: readonly string[];
}

const checkout = join(import.meta.dirname, '../../../..');
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/compose-spec.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

const rendered = [...levels, ...levels.map((level) => withFeed(level, 'mongodb'))];

describe.each(rendered)('level $number: $title', (level) => {
  const files = new Map(renderCompose(level, checkout).map(({ path, content }) => [path, content]));
  const compose: Compose = parse(files.get('compose.yaml') ?? '');
  const { services, networks, configs } = compose;
  const proxies: readonly { name: string; listen: string; upstream: string; enabled: boolean }[] = JSON.parse(
    files.get('toxiproxy/proxies.json') ?? '[]',
  );

  /** All that a container is told: its command, its environment, its files. */
  const told = (name: string): string => {
    const { command, environment = {}, configs: mounted = [] } = services[name]!;
    const texts = mounted.map(({ source }) => {
      const { content, file = '' } = configs[source]!;
      return content ?? files.get(file.replace('./', '')) ?? '';
    });
    return [...command, ...Object.values(environment), ...texts].join('\n');
  };

  it('is a compose file by the specification', () => {
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('is told of no proxy of the user’s own Docker settings', () => {
    for (const [name, { environment }] of Object.entries(services))
      expect(environment, name).toMatchObject({ NO_PROXY: '*', no_proxy: '*' });
  });

  it('has a service for every node, and besides only what carries and prepares them', () => {
    const nodes = level.nodes.map(({ name }) => name);
    expect(Object.keys(services).toSorted()).toEqual(
      [...nodes, 'migrate', 'toxiproxy', 'grafana', 'sloth'].toSorted(),
    );
  });

  const networksOf = (name: string): readonly string[] => Object.keys(services[name]!.networks ?? {});

  it('carries every edge by a proxy of its own, which leads to a port that the node has opened', () => {
    expect(proxies.map(({ name }) => name)).toEqual(level.edges.map(({ name }) => name.replaceAll('/', '_')));
    expect(new Set(proxies.map(({ listen }) => listen)).size).toBe(level.edges.length);
    const aliases = services['toxiproxy']!.networks as Readonly<
      Record<string, { readonly aliases: readonly string[] }>
    >;
    for (const [index, edge] of level.edges.entries()) {
      const { listen, upstream, enabled } = proxies[index]!;
      expect(enabled).toBe(true);
      // For one node alone, in whose network it has that name; the users come from the host, and some proxies are for several.
      const isForAll = edge.from === '*' || edge.from === 'client-1';
      const [at = ''] = listen.split(':');
      expect(at, edge.name).toBe(isForAll ? '0.0.0.0' : `toxiproxy.${edge.from}`);
      if (!isForAll) expect(aliases[edge.from]?.aliases, edge.name).toContain(at);
      const [host, port = ''] = upstream.split(':');
      expect(host).toBe(edge.to);
      // The users come with a run, which tells them their port.
      if (host !== 'client-1')
        expect(told(host!), `${edge.name}: ${host} listens on ${port}`).toContain(port);
    }
  });

  it('has no way from one node to another but through Toxiproxy', () => {
    const names = Object.keys(services);
    for (const name of names) {
      for (const other of names.filter((one) => one !== name)) {
        const shared = networksOf(name).filter((network) => networksOf(other).includes(network));
        if (shared.length === 0 || [name, other].includes('toxiproxy')) continue;
        // The operator's one-shot goes straight at the primary, natively too; and Grafana is a person's own window.
        if ([name, other].includes('grafana')) continue;
        expect([name, other].toSorted(), shared.join()).toEqual(['migrate', 'pg-1']);
      }
      expect(networksOf(name).every((network) => network in networks)).toBe(true);
    }
  });

  it('tells a node the proxies of its own edges, and the address of no other node', () => {
    const addresses = new RegExp(`\\b(?:${level.nodes.map(({ name }) => name).join('|')}):\\d{2,5}\\b`);
    for (const node of level.nodes) {
      const text = told(node.name);
      expect(text, node.name).not.toMatch(addresses);
      const known = new Set([...text.matchAll(/\btoxiproxy(?::| port=)(\d+)/g)].map((match) => match[1]));
      const own = level.edges.flatMap((edge, index) => {
        // Prometheus is told what Blackbox shall ask, as Blackbox's target; of a cluster each member is told its own address too.
        const from = edge.from === 'blackbox-1' ? ['prometheus-1'] : sourcesOf(edge);
        const knowing = edge.sources === undefined ? from : [...from, edge.to];
        return knowing.includes(node.name) ? [proxies[index]!.listen.split(':')[1]] : [];
      });
      for (const port of known) expect(own, `${node.name} knows ${port}`).toContain(port);
    }
  });

  it('has private networks without a way out to the host, and nothing of them is published', () => {
    for (const { nodes } of level.privateNetworks ?? []) {
      for (const node of nodes) {
        expect(networksOf(node), node).toEqual([node]);
        expect(networks[node], node).toMatchObject({ internal: true });
        expect(services[node], node).not.toHaveProperty('ports');
      }
    }
  });

  it('gives everybody an address of their own, in a subnet that nobody else has', () => {
    const subnets = Object.values(networks).map(({ ipam }) => ipam.config[0]!.subnet);
    expect(new Set(subnets).size).toBe(subnets.length);
    const addresses = Object.values(services).flatMap(({ networks: own = {} }) => Object.entries(own));
    for (const [network, { ipv4_address: address }] of addresses) {
      const [base = '', first = ''] = networks[network]!.ipam.config[0]!.subnet.split(/\.(?=\d+\/)|\//);
      expect(address.startsWith(`${base}.`), network).toBe(true);
      expect(Number(address.split('.').at(-1)) - Number(first)).toBeOneOf([2, 3, 4]);
    }
    const all = addresses.map(([, { ipv4_address }]) => ipv4_address);
    // Grafana and the one-shot share a place, and never a network.
    expect(new Set(all).size).toBe(all.length);
  });

  it('lets a node that looks for an advertised one find Toxiproxy', () => {
    const aliases = services['toxiproxy']!.networks as Readonly<
      Record<string, { readonly aliases: readonly string[] }>
    >;
    for (const edge of level.edges.filter(({ advertised }) => advertised))
      expect(aliases[edge.from]?.aliases, edge.name).toContain(`${edge.to}.peer`);
  });

  it('publishes on 127.0.0.1 alone, and the users’ entry among it', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published.every(({ host_ip }) => host_ip === '127.0.0.1')).toBe(true);
    const entry = level.edges.findIndex(({ from }) => from === 'client-1');
    expect(published.map(({ target }) => target)).toContain(Number(proxies[entry]!.listen.split(':')[1]));
    for (const [name, { ports = [] }] of Object.entries(services)) {
      const reachable = networksOf(name).some((network) => networks[network]?.internal !== true);
      if (ports.length > 0) expect(reachable, `${name} publishes`).toBe(true);
      else if (name !== 'migrate') expect(reachable, `${name} has no way out`).toBe(false);
    }
  });

  it('pins every image, limits its memory, and asks for health without a shell', () => {
    for (const [name, { image, mem_limit, healthcheck }] of Object.entries(services)) {
      expect(image, name).toMatch(/^[\w./-]+:(?!latest)[\w.-]+(@sha256:[0-9a-f]{64})?$/);
      expect(mem_limit, name).toMatch(/^\d+m$/);
      if (healthcheck !== undefined) expect(healthcheck.test[0], name).toBe('CMD');
    }
  });

  it('runs what is made of our sources without rights, on a disk that nobody writes to', () => {
    for (const [name, { build, image, read_only, cap_drop, security_opt }] of Object.entries(services)) {
      expect(security_opt, name).toEqual(['no-new-privileges:true']);
      if (build === undefined || !image.endsWith(':local')) continue;
      expect({ read_only, cap_drop }, name).toEqual({ read_only: true, cap_drop: ['ALL'] });
      const stages = readFileSync(join(checkout, build.dockerfile), 'utf8')
        .split(/^FROM /m)
        .slice(1);
      expect(stages.length, build.dockerfile).toBeGreaterThan(1);
      expect(stages.at(-1), build.dockerfile).toMatch(/^USER node$/m);
    }
  });

  it('writes no file into a container whose disk nobody writes to', () => {
    // Compose mounts a file, and copies a content in.
    for (const [name, { read_only, configs: mounted = [] }] of Object.entries(services)) {
      if (read_only !== true) continue;
      for (const { source } of mounted) expect(configs[source], `${name}: ${source}`).toHaveProperty('file');
    }
  });

  it('holds no secret, and refuses to start without one', () => {
    const all = [...files.values()].join('\n');
    expect(holdsSecret(all)).toBe(false);
    const compose = files.get('compose.yaml') ?? '';
    for (const name of secretNames) {
      const uses = [...compose.matchAll(new RegExp(`\\$\\{${variableOf(name)}([^}]*)\\}`, 'g'))];
      expect(
        uses.every(([, rest]) => rest === ':?is not set'),
        name,
      ).toBe(true);
    }
    expect(compose).toContain('${POSTGRES_PASSWORD:?');
    for (const [path, content] of files) {
      if (path !== 'compose.yaml') expect(content, path).not.toMatch(/PASSWORD:\?|TOKEN:\?/);
    }
  });

  it('mounts files that are there', () => {
    for (const [name, { file }] of Object.entries(configs)) {
      if (file === undefined) continue;
      const there = file.startsWith('../../')
        ? readFileSync(join(checkout, file.slice(6)), 'utf8') !== ''
        : files.has(file.slice(2));
      expect(there, `${name}: ${file}`).toBe(true);
    }
  });
});

it('keeps documents in MongoDB itself', () => {
  const [{ content } = { content: '' }] = renderCompose(withFeed(levels[3]!, 'mongodb'), checkout);
  const { services } = parse(content) as Compose;
  expect(services['documents-1']).toMatchObject({
    image: expect.stringMatching(/^mongo:/),
    entrypoint: ['mongod'],
    volumes: [{ source: 'documents-1-data', target: '/data/db' }],
  });
  expect(services['api-1']!.environment?.['SHOP_FEED_URL']).toMatch(/^mongodb:\/\/toxiproxy:\d+\/feeds$/);
});
