import { type ExecFileException, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { dockerEngine } from '../../control/docker-engine.ts';
import type { LabState } from '../../state.ts';
import { judgeDocker, type SeenDocker } from './judge-docker.ts';

const run = promisify(execFile);

/** An engine that hangs takes every question, and answers none, ms. */
const answersWithinMs = 10_000;
const versionSchema = z.object({ Server: z.object({ Version: z.string() }).nullish() });

/**
 * The unix socket of the engine that this user's `docker` talks to, when a lab can run there.
 * @throws {FiredrillError} `component-unavailable`, in one line: no Docker, none that answers, an old Compose, one that is elsewhere.
 */
export async function requireDocker(withinMs = answersWithinMs): Promise<string> {
  const seen = await lookAtDocker(withinMs);
  const { problem, socket } = judgeDocker(seen);
  if (problem === undefined) return socket;
  throw new FiredrillError('component-unavailable', problem.message, {
    where: '--runtime docker',
    fix: `${problem.fix}, or take --runtime native`,
  });
}

/** What `auto` means on this machine: Docker where a lab can run in it. */
export const runtimeHere = (withinMs?: number): Promise<LabState['runtime']> =>
  requireDocker(withinMs).then(
    () => 'docker',
    () => 'native',
  );

async function lookAtDocker(withinMs: number): Promise<SeenDocker> {
  // As a template: a client before 23.0.5 takes the word `json` for one, and prints it.
  const version = await ask(['version', '--format', '{{json .}}'], withinMs);
  if (version === 'absent') return { client: false };
  if (version === 'forbidden') return { client: true, forbidden: true };
  if (typeof version === 'string') return { client: true };
  const [compose, context] = await Promise.all([
    ask(['compose', 'version', '--short'], withinMs),
    ask(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], withinMs),
  ]);
  if (compose === 'late' || context === 'late') return { client: true };
  const server = parsed(version.said)?.Server?.Version;
  // The client, too, takes an empty one for none.
  const host = process.env.DOCKER_HOST || (typeof context === 'string' ? '' : context.said);
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
    ...(typeof compose === 'string' ? {} : { compose: compose.said }),
    host,
    rootless: info?.SecurityOptions?.some((option) => option.includes('rootless')) ?? false,
    desktop: info?.OperatingSystem.includes('Docker Desktop') ?? false,
  };
}

/** What `docker` says, or why it does not. It is not waited for beyond its time, nor is what it has started. */
async function ask(
  words: readonly string[],
  withinMs: number,
): Promise<{ readonly said: string } | 'absent' | 'late' | 'forbidden' | 'refused'> {
  try {
    const { stdout } = await run('docker', words, { timeout: withinMs, killSignal: 'SIGKILL' });
    return { said: stdout.trim() };
  } catch (error) {
    const { code, killed, stderr = '' } = error as ExecFileException;
    if (code === 'ENOENT') return 'absent';
    if (/permission denied/i.test(stderr)) return 'forbidden';
    return killed === true ? 'late' : 'refused';
  }
}

function parsed(text: string): z.infer<typeof versionSchema> | undefined {
  try {
    return versionSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
