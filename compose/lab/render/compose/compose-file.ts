import type { Level, Node } from '@firedrill/topology';
import { stringify } from 'yaml';
import { migrateProcess } from '../../wiring/migrate.ts';
import { wireLevel } from '../../wiring/wire-level.ts';
import type { Wired, WiringContext } from '../../wiring/wiring.ts';
import { type ContainerSetting, containerContext, hostNetwork } from './container-context.ts';
import { grafanaService } from './grafana-service.ts';
import { loadClientService } from './load-client-service.ts';
import { migrateService } from './migrate-service.ts';
import { withSources } from './mounted-sources.ts';
import { addressRange, subnetOf } from './network-plan.ts';
import type { RenderedFile } from './rendered-file.ts';
import { secretNames, variableOf } from './secrets.ts';
import { nodeService, type Service } from './service.ts';
import { slothService } from './sloth-service.ts';
import { toxiproxyService } from './toxiproxy-service.ts';

/** A level as Compose runs it: `compose.yaml` first, then the files that it mounts. */
export type RenderedLevel = readonly RenderedFile[];

/** Pure: the Compose rendering of a level. @param checkout the absolute folder of this repository. */
export function renderCompose(level: Level, checkout: string): RenderedLevel {
  const { compose, files } = composeModel(level, checkout);
  const body = composeText(compose);
  return [{ path: 'compose.yaml', content: header(level, body) + body }, ...files];
}

/** Pure: the same, before it is text, as somebody wants it who does not take the usual setting. */
export function composeModel(
  level: Level,
  checkout: string,
  setting?: ContainerSetting,
): { readonly compose: ComposeModel; readonly files: readonly RenderedFile[] } {
  const context = containerContext(level, setting);
  const services = servicesOf(context, wireLevel(context)).map((service) => withSources(service, checkout));
  const files = services.flatMap(({ configs }) =>
    configs.flatMap(({ file }) => (file === undefined ? [] : [file])),
  );
  return { compose: composeOf(level, services), files };
}

export const composeText = (compose: ComposeModel): string => stringify(compose, yaml);

/** A compose file's content, as far as somebody changes it. */
export interface ComposeModel {
  readonly name: string;
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly networks: Readonly<Record<string, object>>;
  readonly configs: Readonly<Record<string, { readonly file?: string; readonly content?: string }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

/** 1.1, so that what an older reader takes for a boolean (`no`) is quoted. */
const yaml = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

function header(level: Level, body: string): string {
  const wanted = secretNames.map(variableOf).filter((name) => body.includes(`\${${name}:`));
  return [
    `# Level ${level.number}: ${level.title}.`,
    `# Made by \`pnpm generate\` from compose/topology; \`pnpm lab up --runtime docker\` starts the same. Secrets, 16 letters and digits or more,`,
    `# come from the environment or a .env beside this file: ${wanted.join(', ')}.`,
    `# ${addressRange.variable} (${addressRange.usual}): the first two numbers of all its addresses.`,
    '',
  ].join('\n');
}

function servicesOf(context: WiringContext, processes: readonly Wired[]): readonly Service[] {
  const nodes = new Map(context.level.nodes.map((node) => [node.name, node]));
  const clients = context.level.nodes.filter((node) => node.kind === 'load-client');
  return [
    ...processes.map((wired) => serviceOf(wired, nodes.get(wired.name), context)),
    ...clients.map((node) => loadClientService(node, context)),
    grafanaService(context.level),
    slothService(context.level),
  ];
}

function serviceOf(wired: Wired, node: Node | undefined, context: WiringContext): Service {
  if (node !== undefined) return nodeService(node, wired, context);
  return wired.name === migrateProcess ? migrateService(wired, context) : toxiproxyService(wired, context);
}

/** Compose hands every container the proxy of the user's own Docker settings: etcd would look for its peers there, the collector for Loki. */
const withoutProxy = (definition: Service['definition']): Service['definition'] => ({
  ...definition,
  environment: { NO_PROXY: '*', no_proxy: '*', ...(definition['environment'] as object | undefined) },
});

function composeOf(level: Level, services: readonly Service[]): ComposeModel {
  const configs = services.flatMap((service) => service.configs);
  const volumes = services.flatMap((service) => service.volumes);
  const published = new Set(services.filter((service) => service.published).map(({ name }) => name));
  return {
    name: `firedrill-level-${level.number}`,
    services: Object.fromEntries(services.map(({ name, definition }) => [name, withoutProxy(definition)])),
    // One network per node, with Toxiproxy in each, where it listens for that node alone: nobody reaches another but by an edge of his
    // own. What the topology calls a private network follows: the edges that leave it are its crossings.
    networks: Object.fromEntries(
      [hostNetwork, ...level.nodes.map(({ name }) => name)].map((name) => [
        name,
        {
          ...(name === hostNetwork || published.has(name) ? {} : { internal: true }),
          ipam: { config: [{ subnet: subnetOf(level, name) }] },
        },
      ]),
    ),
    configs: Object.fromEntries(configs.map(({ name, definition }) => [name, definition])),
    volumes: Object.fromEntries(volumes.map((name) => [name, {}])),
  };
}
