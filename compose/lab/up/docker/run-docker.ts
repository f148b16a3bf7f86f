import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';

/** Longer than the whole of a level takes to be made on a slow disk; an engine that hangs would hold the start up for ever. */
const withinMs = 180_000;

/**
 * `docker …` that makes something of a lab. As a process of the lab it is ended before what it makes is removed.
 * @param what as it is said when it fails
 * @throws {FiredrillError} `node-unhealthy` with its last words, or when it is not done in time.
 */
export async function runDocker(
  what: string,
  labId: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const began = performance.now();
  const output = await $({
    env: { ...process.env, ...env, FIREDRILL_LAB: labId },
    nothrow: true,
    quiet: true,
    timeout: withinMs,
    timeoutSignal: 'SIGKILL',
  })`docker ${words}`;
  if (output.exitCode === 0) return;
  // Whoever ends the lab ends this client, too.
  if (performance.now() - began >= withinMs) {
    throw new FiredrillError('node-unhealthy', `${what} was not done in ${withinMs / 1000} s`, {
      fix: 'see whether `docker info` answers',
    });
  }
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-3).join(' | ');
  throw new FiredrillError('node-unhealthy', `${what} failed: ${said}`);
}
