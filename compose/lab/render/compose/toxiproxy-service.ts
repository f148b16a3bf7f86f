import { posix } from 'node:path';
import { componentByName } from '@firedrill/provision';
import type { Level } from '@firedrill/topology';
import { advertisedName } from '../../wiring/hosts.ts';
import type { Wired, WiringContext } from '../../wiring/wiring.ts';
import { hostNetwork, labFolder, toxiproxyHost, toxiproxyIn } from './container-context.ts';
import { addressIn } from './network-plan.ts';
import { publishedPort } from './published-port.ts';
import { containerConfig } from './rendered-file.ts';
import { common, type Service } from './service.ts';

/** Pure: the edges by which the users come in: they are on the host. */
const entries = (level: Level) =>
  level.edges.filter((edge) =>
    level.nodes.some(({ name, kind }) => name === edge.from && kind === 'load-client'),
  );

/** Pure: the names by which a node looks for others: in its own network they are Toxiproxy. */
const advertisedTo = (level: Level, node: string): readonly string[] => [
  ...new Set(
    level.edges.filter((edge) => edge.advertised && edge.from === node).map(({ to }) => advertisedName(to)),
  ),
];

/**
 * Pure: where each node is, by its name. Docker would be asked for one that is not there yet, or no more, and hands the question to
 * this machine's resolver: an edge then waits for as long as that one takes, and with it whoever asks for the same name meanwhile.
 */
export const knownHosts = (level: Level): readonly string[] =>
  level.nodes.map(({ name }) => `${name}:${addressIn(level, name, 'node')}`);

/** Pure: the one container that has a foot in every node's network, and so carries every edge. */
export function toxiproxyService(wired: Wired, { level, state }: WiringContext): Service {
  const configs = wired.files.map(({ path, content }) =>
    containerConfig(wired.name, path, posix.join(labFolder, wired.name, path), String(content)),
  );
  const api = `http://127.0.0.1:${state.toxiproxyPort}`;
  return {
    name: toxiproxyHost,
    published: true,
    configs,
    volumes: [],
    definition: {
      image: componentByName('toxiproxy').image,
      ...common,
      read_only: true,
      cap_drop: ['ALL'],
      entrypoint: wired.argv.slice(0, 1),
      command: wired.argv.slice(1),
      environment: wired.env,
      ports: [
        publishedPort('toxiproxy', state.toxiproxyPort),
        ...entries(level).map(({ name }) => {
          const { listen = 0 } = state.edges[name] ?? {};
          // The shop's port is 8080, whichever edge leads to it.
          return publishedPort('shop', listen, 8080 - listen);
        }),
      ],
      networks: {
        [hostNetwork]: { ipv4_address: addressIn(level, hostNetwork, 'toxiproxy') },
        ...Object.fromEntries(
          level.nodes.map(({ name }) => [
            name,
            {
              ipv4_address: addressIn(level, name, 'toxiproxy'),
              aliases: [toxiproxyIn(name), ...advertisedTo(level, name)],
            },
          ]),
        ),
      },
      extra_hosts: knownHosts(level),
      mem_limit: '128m',
      healthcheck: {
        test: ['CMD', '/toxiproxy-cli', '--host', api, 'list'],
        interval: '10s',
        timeout: '3s',
        start_period: '60s',
        start_interval: '1s',
        retries: 3,
      },
      configs: configs.map(({ name, target }) => ({ source: name, target })),
    },
  };
}
