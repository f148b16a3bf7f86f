import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { databaseServers, type Level } from '@firedrill/topology';
import { logsFolder } from '../../addresses.ts';
import { allLabs } from '../../all-labs.ts';
import { dockerEngine } from '../../control/docker-engine.ts';
import { labIdOf, labLockPath, thisCheckout } from '../../control/lab-home.ts';
import { writeLabState } from '../../control/lab-state-file.ts';
import { projectOf } from '../../control/remove-project.ts';
import { runnerOf } from '../../control/runner-of.ts';
import { thisUser } from '../../control/this-user.ts';
import { divergencesIn } from '../../divergence/divergence.ts';
import { oncallFolder, receiverJournalPath } from '../../oncall-folder.ts';
import { type ComposeModel, composeModel, composeText } from '../../render/compose/compose-file.ts';
import { containerContext, toxiproxyHost } from '../../render/compose/container-context.ts';
import { givenNode } from '../../render/compose/divergence-mounts.ts';
import { keptFolder, labCompose } from '../../render/compose/lab-compose.ts';
import type { RenderedFile } from '../../render/compose/rendered-file.ts';
import type { LabState } from '../../state.ts';
import { wireLevel } from '../../wiring/wire-level.ts';
import { checkDisk } from '../disk.ts';
import type { LabEvent } from '../events.ts';
import { makeLabsFolder } from '../labs-folder.ts';
import { newState, probesOf } from '../new-state.ts';
import { reserveLab } from '../reserve-lab.ts';
import { waitWhole } from '../wait-whole.ts';
import { allEnded } from './all-ended.ts';
import { alsoLeft } from './also-left.ts';
import { labComposeFile, runCompose } from './compose-client.ts';
import { dockerAddresses, dockerProbes } from './docker-state.ts';
import { freeRange, ownAddresses } from './free-range.ts';
import { provideImages } from './provide-images.ts';
import { loadQuietHistory } from './quiet-history.ts';

export interface DockerLabOptions {
  readonly clock: LabState['clock'];
  readonly timers: NonNullable<LabState['timers']>;
  readonly feed: LabState['feed'];
  readonly onEvent: (event: LabEvent) => void;
  readonly readyDeadlineMs?: number | undefined;
}

/**
 * A lab in containers, by `docker compose`. When it throws, nothing of it is left, or it says so.
 * @param socket of the engine.
 */
export async function startDockerLab(
  level: Level,
  socket: string,
  { clock, timers, feed, onEvent, readyDeadlineMs }: DockerLabOptions,
): Promise<LabState> {
  await checkDisk(makeLabsFolder());
  await provideImages(level, onEvent);
  const { compose, files } = composeModel(level, thisCheckout, { clock, timers, givenNode });
  onEvent({ type: 'step', step: 'reserve' });
  const reserved = await reserveLab(async () => withAddresses(level, socket, { clock, timers, feed }));
  const { docker, home } = reserved;
  try {
    const { uid, gid } = thisUser();
    const place = {
      project: docker.project,
      home,
      checkout: thisCheckout,
      user: `${uid}:${gid}`,
      nodeJs: process.execPath,
      oncall: oncallFolder(thisCheckout, reserved.scope),
      receiverJournal: receiverJournalPath(reserved),
    };
    await writeLab(level, home, labCompose(level, compose, place), files);
    await mkdir(place.oncall, { recursive: true });
    const engine = dockerEngine(socket);
    // What a start left that was cut off before it wrote down what it began.
    await engine.remove(docker.project);
    await allEnded([
      runCompose(reserved, docker, ['create', '--pull', 'never']),
      loadQuietHistory(level, { ...place, labId: reserved.labId }),
    ]);
    const made = await engine.containersOf(docker.project);
    const containers = Object.fromEntries(made.map(({ service, id }) => [service, id]));
    const wired = wireLevel(containerContext(level, { clock, timers, givenNode }));
    const probes = dockerProbes(level, probesOf(level, wired), reserved.addresses);
    const state: LabState = { ...reserved, probes, docker: { ...docker, containers } };
    writeLabState(state);
    // Of a lab.json that is whole: a run starts its guardian on this.
    onEvent({ type: 'step', step: 'prepare' });
    onEvent({ type: 'step', step: 'start' });
    const waited = wired.map(({ name, probe }) => ({
      name,
      probe: probe && (probes[name] ?? toxiproxyProbe(state)),
    }));
    // Neither is waited for when the other fails: this client is ended before anything is removed, and the wait makes nothing.
    await Promise.all([
      runCompose(state, docker, ['up', '--detach', '--no-recreate', '--pull', 'never']),
      waitWhole(level, state, waited, onEvent, readyDeadlineMs),
    ]);
    return state;
  } catch (error) {
    await runnerOf(reserved)
      .stopLab()
      .catch((cleanup: unknown) => {
        throw alsoLeft(error, cleanup);
      });
    throw error;
  }
}

const toxiproxyProbe = ({ addresses = {}, toxiproxyPort: port }: LabState) =>
  ({ kind: 'http', host: addresses[toxiproxyHost], port, path: '/version' }) as const;

type Reserved = LabState & {
  readonly addresses: NonNullable<LabState['addresses']>;
  readonly docker: NonNullable<LabState['docker']>;
};

function withAddresses(
  level: Level,
  socket: string,
  setting: Pick<DockerLabOptions, 'clock' | 'timers' | 'feed'>,
): Reserved {
  const others = allLabs().flatMap(({ docker }) => (docker === undefined ? [] : [`${docker.range}.`]));
  const range = freeRange([...others, ...ownAddresses()]);
  const project = projectOf(labIdOf(level.number));
  const { nodes, edges, toxiproxyPort } = containerContext(level, setting).state;
  const { addresses, ...ports } = dockerAddresses(level, { nodes, edges, toxiproxyPort }, range);
  return {
    ...newState(level, { ...setting, disks: [] }, ports),
    addresses,
    runtime: 'docker',
    processComposeSocket: '',
    docker: { socket, project, range, containers: {} },
  };
}

/** Whatever this user's umask takes away. No secret is in them, and nobody else comes through the lab's own folder. */
async function letOthersRead(home: string, path: string): Promise<void> {
  await chmod(join(home, path), 0o644);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    await chmod(join(home, folder), 0o755);
  }
}

/** The lab's folder is its user's alone; the files in it are read by the users of the images. */
async function writeLab(
  level: Level,
  home: string,
  compose: ComposeModel,
  files: readonly RenderedFile[],
): Promise<void> {
  await mkdir(logsFolder(home), { recursive: true, mode: 0o700 });
  await writeFile(labLockPath(home), '', { mode: 0o600 });
  await writeFile(labComposeFile(home), composeText(compose), { mode: 0o600 });
  for (const { path, content } of files) {
    await mkdir(dirname(join(home, path)), { recursive: true, mode: 0o755 });
    await writeFile(join(home, path), content);
    await letOthersRead(home, path);
  }
  // Docker would make them as root's.
  for (const name of ['payment-1', 'prometheus-1']) await mkdir(keptFolder(home, name), { recursive: true });
  for (const { name, kind } of databaseServers(level)) {
    if (kind !== 'patroni') continue;
    const folder = divergencesIn(join(home, name));
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o777);
  }
}
