import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { $ } from 'zx';
import { dockerEngine } from '../../control/docker-engine.ts';
import type { LabState } from '../../state.ts';
import { judgeDocker, type SeenDocker } from './judge-docker.ts';

const quiet = $({ nothrow: true, quiet: true });
const versionSchema = z.object({ Server: z.object({ Version: z.string() }).nullish() });

/**
 * The unix socket of the engine that this user's `docker` talks to, when a lab can run there.
 * @throws {FiredrillError} `component-unavailable`, in one line: no Docker, none that answers, an old Compose, one that is elsewhere.
 */
export async function requireDocker(): Promise<string> {
  const seen = await lookAtDocker();
  const { problem, socket } = judgeDocker(seen);
  if (problem === undefined) return socket;
  throw new FiredrillError('component-unavailable', problem.message, {
    where: '--runtime docker',
    fix: `${problem.fix}, or take --runtime native`,
  });
}

/** What `auto` means on this machine: Docker where a lab can run in it. */
export const runtimeHere = (): Promise<LabState['runtime']> =>
  requireDocker().then(
    () => 'docker',
    () => 'native',
  );

async function lookAtDocker(): Promise<SeenDocker> {
  // As a template: a client before 23.0.5 takes the word `json` for one, and prints it.
  const client = await quiet`docker version --format ${'{{json .}}'}`;
  if (client.exitCode === 127 || /ENOENT/.test(`${client.cause ?? ''}`)) return { client: false };
  const [compose, context] = await Promise.all([
    quiet`docker compose version --short`,
    quiet`docker context inspect --format ${'{{.Endpoints.docker.Host}}'}`,
  ]);
  const server = client.exitCode === 0 ? parsed(client.stdout)?.Server?.Version : undefined;
  const host = process.env.DOCKER_HOST ?? context.stdout.trim();
  const socket = host.startsWith('unix://') ? host.slice('unix://'.length) : undefined;
  const info =
    server === undefined || socket === undefined
      ? undefined
      : await dockerEngine(socket)
          .info()
          .catch(() => undefined);
  return {
    client: true,
    ...(server === undefined ? {} : { server }),
    ...(compose.exitCode === 0 ? { compose: compose.stdout.trim() } : {}),
    host,
    rootless: info?.SecurityOptions?.some((option) => option.includes('rootless')) ?? false,
    desktop: info?.OperatingSystem.includes('Docker Desktop') ?? false,
  };
}

function parsed(text: string): z.infer<typeof versionSchema> | undefined {
  try {
    return versionSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
