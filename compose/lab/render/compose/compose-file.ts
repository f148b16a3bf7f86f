import type { Level, Node } from '@firedrill/topology';
import { stringify } from 'yaml';
import { migrateProcess } from '../../wiring/migrate.ts';
import { wireLevel } from '../../wiring/wire-level.ts';
import type { Wired, WiringContext } from '../../wiring/wiring.ts';
import { containerContext, hostNetwork } from './container-context.ts';
import { loadClientService } from './load-client-service.ts';
import { migrateService } from './migrate-service.ts';
import { withSources } from './mounted-sources.ts';
import type { RenderedFile } from './rendered-file.ts';
import { secretNames, variableOf } from './secrets.ts';
import { nodeService, type Service } from './service.ts';
import { toxiproxyService } from './toxiproxy-service.ts';

/** A level as Compose runs it: `compose.yaml` first, then the files that it mounts. */
export type RenderedLevel = readonly RenderedFile[];

/** Pure: the Compose rendering of a level. @param checkout the absolute folder of this repository. */
export function renderCompose(level: Level, checkout: string): RenderedLevel {
  const context = containerContext(level);
  const services = servicesOf(context, wireLevel(context)).map((service) => withSources(service, checkout));
  const files = services.flatMap(({ configs }) =>
    configs.flatMap(({ file }) => (file === undefined ? [] : [file])),
  );
  const body = stringify(composeOf(level, services), yaml);
  return [{ path: 'compose.yaml', content: header(level, body) + body }, ...files];
}

/** 1.1, so that what an older reader takes for a boolean (`no`) is quoted. */
const yaml = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

function header(level: Level, body: string): string {
  const wanted = secretNames.map(variableOf).filter((name) => body.includes(`\${${name}:`));
  return [
    `# Level ${level.number}: ${level.title}.`,
    '# Not run by `pnpm lab` yet (`--runtime docker` says so): checked against the compose specification and by `docker compose config`.',
    `# Made by \`pnpm generate\` from compose/topology. Secrets, letters and digits, come from the environment or a .env beside`,
    `# this file: ${wanted.join(', ')}.`,
    '',
  ].join('\n');
}

function servicesOf(context: WiringContext, processes: readonly Wired[]): readonly Service[] {
  const nodes = new Map(context.level.nodes.map((node) => [node.name, node]));
  const clients = context.level.nodes.filter((node) => node.kind === 'load-client');
  return [
    ...processes.map((wired) => serviceOf(wired, nodes.get(wired.name), context)),
    ...clients.map((node) => loadClientService(node, context)),
  ];
}

function serviceOf(wired: Wired, node: Node | undefined, context: WiringContext): Service {
  if (node !== undefined) return nodeService(node, wired, context);
  return wired.name === migrateProcess ? migrateService(wired, context) : toxiproxyService(wired, context);
}

function composeOf(level: Level, services: readonly Service[]): object {
  const configs = services.flatMap((service) => service.configs);
  const volumes = services.flatMap((service) => service.volumes);
  const published = new Set(services.filter((service) => service.published).map(({ name }) => name));
  return {
    name: `firedrill-level-${level.number}`,
    services: Object.fromEntries(services.map(({ name, definition }) => [name, definition])),
    // One network per node, with Toxiproxy in each, where it listens for that node alone: nobody reaches another but by an edge of his
    // own. What the topology calls a private network follows: the edges that leave it are its crossings.
    networks: {
      [hostNetwork]: {},
      ...Object.fromEntries(
        level.nodes.map(({ name }) => [name, published.has(name) ? {} : { internal: true }]),
      ),
    },
    configs: Object.fromEntries(configs.map(({ name, definition }) => [name, definition])),
    volumes: Object.fromEntries(volumes.map((name) => [name, {}])),
  };
}
