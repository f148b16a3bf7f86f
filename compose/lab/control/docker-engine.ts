import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { Agent, request } from 'undici';
import { z } from 'zod';

const containerSchema = z.object({
  Id: z.string(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean(),
    Paused: z.boolean(),
    ExitCode: z.number(),
  }),
});

type ContainerState = z.infer<typeof containerSchema>['State'];

const listSchema = z.array(
  z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()), State: z.string() }),
);
const networksSchema = z.array(z.object({ Id: z.string() }));
const volumesSchema = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullable() });
const infoSchema = z.object({ OperatingSystem: z.string(), SecurityOptions: z.array(z.string()).nullable() });

const answersWithinMs = 10_000;
/** So much longer a removal may take: a container's end and its networks' firewall rules, for all of a level at once. */
const removalFactor = 6;
const askAgainMs = 100;
/** What is there already, is not there any more, or is so already. */
const soAlready: ReadonlySet<number> = new Set([304, 404, 409]);

/** A service's container of a project. */
interface ProjectContainer {
  readonly id: string;
  readonly service: string;
  readonly state: string;
}

/** The engine's HTTP API on its unix socket: https://docs.docker.com/reference/api/engine/ */
export interface DockerEngine {
  answers(): Promise<boolean>;
  info(): Promise<z.infer<typeof infoSchema>>;
  /** `undefined` when there is no such container. */
  container(id: string): Promise<ContainerState | undefined>;
  /** Containers of a Compose project, those of one-shots that have ended too. */
  containersOf(project: string): Promise<readonly ProjectContainer[]>;
  /** Whether there is anything of a Compose project: its networks are made first. */
  has(project: string): Promise<boolean>;
  /** One that is so already is left so. */
  change(id: string, how: 'start' | 'kill' | 'pause' | 'unpause'): Promise<void>;
  /** Removes containers, networks and volumes of a Compose project, whatever state they are in. */
  remove(project: string): Promise<void>;
}

/** @throws {FiredrillError} `lab-not-running` from each call, when it does not answer in time or will not. */
export function dockerEngine(socketPath: string, deadlineMs = answersWithinMs): DockerEngine {
  const dispatcher = new Agent({ connect: { socketPath } });
  const call = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    tolerated: ReadonlySet<number> = new Set(),
  ): Promise<unknown> => {
    try {
      const { statusCode, body } = await request(`http://docker${path}`, {
        method,
        dispatcher,
        signal: AbortSignal.timeout(method === 'DELETE' ? removalFactor * deadlineMs : deadlineMs),
      });
      const text = await body.text();
      if (statusCode >= 300 && !tolerated.has(statusCode)) throw new Error(`${statusCode} ${text.trim()}`);
      return text === '' || statusCode >= 300 ? undefined : JSON.parse(text);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new FiredrillError('lab-not-running', `Docker did not ${method} ${path.split('?')[0]}: ${why}`, {
        fix: 'see whether `docker info` answers, then run `pnpm lab down`',
        cause,
      });
    }
  };
  const ofProject = (project: string): string =>
    `filters=${encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }))}`;
  const networksOf = async (project: string) =>
    networksSchema.parse(await call('GET', `/networks?${ofProject(project)}`));
  /** One that somebody else is removing is only said to be so, and holds its networks until it is gone. */
  const awaitRemoved = async (project: string): Promise<void> => {
    const until = performance.now() + removalFactor * deadlineMs;
    while ((await engine.containersOf(project)).length > 0 && performance.now() < until)
      await pause(askAgainMs);
  };
  const engine: DockerEngine = {
    answers: () =>
      call('GET', '/version').then(
        () => true,
        () => false,
      ),
    info: async () => infoSchema.parse(await call('GET', '/info')),
    async container(id) {
      const found = await call('GET', `/containers/${id}/json`, new Set([404]));
      return found === undefined ? undefined : containerSchema.parse(found).State;
    },
    async containersOf(project) {
      const all = listSchema.parse(await call('GET', `/containers/json?all=1&${ofProject(project)}`));
      return all.map(({ Id, Labels, State }) => ({
        id: Id,
        service: Labels['com.docker.compose.service'] ?? '',
        state: State,
      }));
    },
    has: async (project) =>
      (await networksOf(project)).length > 0 || (await engine.containersOf(project)).length > 0,
    async change(id, how) {
      await call('POST', `/containers/${id}/${how}`, soAlready);
    },
    async remove(project) {
      const containers = await engine.containersOf(project);
      await Promise.all(
        containers.map(({ id }) => call('DELETE', `/containers/${id}?force=1&v=1`, soAlready)),
      );
      await awaitRemoved(project);
      const networks = await networksOf(project);
      await Promise.all(networks.map(({ Id }) => call('DELETE', `/networks/${Id}`, new Set([404]))));
      const { Volumes } = volumesSchema.parse(await call('GET', `/volumes?${ofProject(project)}`));
      await Promise.all(
        (Volumes ?? []).map(({ Name }) => call('DELETE', `/volumes/${Name}?force=1`, new Set([404]))),
      );
    },
  };
  return engine;
}
