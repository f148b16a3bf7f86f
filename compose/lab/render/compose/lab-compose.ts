import { join } from 'node:path';
import type { Level } from '@firedrill/topology';
import type { ComposeModel } from './compose-file.ts';
import { toxiproxyHost } from './container-context.ts';
import { containerKinds } from './container-kinds.ts';
import { divergenceMounts } from './divergence-mounts.ts';
import type { LabPlace } from './lab-place.ts';
import { addressIn } from './network-plan.ts';

type Services = ComposeModel['services'];
type Definition = Services[string];

/**
 * Pure: a level's compose file as `pnpm lab` runs it. The nodes are the same; what is different is whom they serve: nothing is published,
 * for whoever asks is on this machine and goes to each at its own address; the users come from this machine, too; a run reads what
 * the provider, the pager and Prometheus keep; and readiness is asked from outside, as it is natively.
 */
export function labCompose(level: Level, compose: ComposeModel, place: LabPlace): ComposeModel {
  const users = level.nodes.find(({ kind }) => kind === 'load-client')?.name ?? '';
  const wanted = Object.entries(compose.services).filter(([, { profiles }]) => profiles === undefined);
  return {
    ...compose,
    name: place.project,
    services: Object.fromEntries(
      wanted.map(([name, definition]) => [name, serviceOf(level, name, definition, users, place)]),
    ),
    configs: Object.fromEntries(
      Object.entries(compose.configs).map(([name, config]) => [
        name,
        config.file === undefined ? config : { file: inPlace(config.file, place) },
      ]),
    ),
    networks: Object.fromEntries(
      Object.entries(compose.networks).map(([name, network]) => [name, { ...network, internal: true }]),
    ),
  };
}

/** Files of the level lie in the lab's folder, those of the checkout where they are. */
const inPlace = (path: string, { home, checkout }: LabPlace): string =>
  path.startsWith('../../') ? join(checkout, path.slice('../../'.length)) : join(home, path);

function serviceOf(
  level: Level,
  name: string,
  definition: Definition,
  users: string,
  place: LabPlace,
): Definition {
  const { ports: _nobodyElse, build: _built, healthcheck, ...rest } = definition;
  const kind = level.nodes.find((node) => node.name === name)?.kind;
  const asked = isWaitedFor(name, level)
    ? { healthcheck: { ...(healthcheck as object), interval: askedEvery } }
    : {};
  const common = { ...rest, ...asked, logging };
  switch (kind) {
    case 'payment-provider':
    case 'prometheus':
      return { ...common, user: place.user, volumes: kept(name, definition, place) };
    case 'receiver':
      return {
        ...common,
        user: place.user,
        environment: { ...(definition['environment'] as object), RECEIVER_JOURNAL: place.receiverJournal },
        volumes: [{ type: 'bind', source: place.oncall, target: place.oncall }],
      };
    case 'patroni':
      return {
        ...common,
        volumes: [...(definition['volumes'] as readonly object[]), ...divergenceMounts(name, place)],
      };
    default:
      return name === toxiproxyHost
        ? { ...common, extra_hosts: withUsersHere(level, definition, users) }
        : common;
  }
}

/** The users are no container. */
const withUsersHere = (level: Level, { extra_hosts: hosts }: Definition, users: string): readonly string[] =>
  (hosts as readonly string[]).map((host) =>
    host.startsWith(`${users}:`) ? `${users}:${addressIn(level, users, 'host')}` : host,
  );

/** Every exec in a container costs, and what it takes is missing to what a run measures. */
const askedEvery = '5s';

/** The engine's own form, which it rotates: the usual one keeps every line as JSON, and for ever. */
const logging = { driver: 'local' };

/** For the health of the first of such a kind others wait. */
const isWaitedFor = (name: string, { nodes }: Level): boolean =>
  nodes.some(
    ({ kind }) =>
      containerKinds[kind].waitedFor === true && nodes.find((node) => node.kind === kind)?.name === name,
  );

/** What it writes lies in the lab's folder, where natively it does: `payment-1/`, `prometheus-1/data`. */
function kept(name: string, { volumes }: Definition, { home }: LabPlace): readonly object[] {
  const [volume] = volumes as readonly { readonly target: string }[];
  return [{ type: 'bind', source: keptFolder(home, name), target: volume?.target }];
}

/** Pure: the folder on this machine that a container writes to. */
export const keptFolder = (home: string, name: string): string =>
  name.startsWith('prometheus') ? join(home, name, 'data') : join(home, name);
