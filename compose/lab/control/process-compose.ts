import { FiredrillError } from '@firedrill/errors';
import { Agent, request } from 'undici';
import { z } from 'zod';

const processSchema = z.object({
  name: z.string(),
  status: z.string(),
  is_running: z.boolean(),
  exit_code: z.number(),
});

/** What process-compose says of one process. */
export interface ProcessReport {
  readonly name: string;
  /** `Running`, `Completed`, `Skipped` … */
  readonly status: string;
  readonly running: boolean;
  /** It does not run and will not by itself; between this and `running` it is being started or ended. */
  readonly ended: boolean;
  readonly exitCode: number;
}

const answersWithinMs = 5000;

/** It lives and is slow: it has taken the question, and not answered it in time. */
export const wasLate = (error: unknown): boolean =>
  error instanceof FiredrillError && error.cause instanceof Error && error.cause.name === 'TimeoutError';

const endStates: ReadonlySet<string> = new Set(['Completed', 'Error', 'Skipped', 'Disabled']);

/**
 * process-compose's HTTP API on its unix socket. Never asked for all processes at once: it then adds up the memory of each
 * backend of PostgreSQL, which takes it seconds of a core.
 * @throws {FiredrillError} `lab-not-running` when it does not answer.
 */
export interface ProcessCompose {
  answers(): Promise<boolean>;
  process(name: string): Promise<ProcessReport>;
  start(name: string): Promise<void>;
}

export function processCompose(socketPath: string, deadlineMs = answersWithinMs): ProcessCompose {
  const dispatcher = new Agent({ connect: { socketPath } });
  const call = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    try {
      const { statusCode, body } = await request(`http://process-compose${path}`, {
        method,
        dispatcher,
        signal: AbortSignal.timeout(deadlineMs),
      });
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${statusCode} ${text}`);
      return JSON.parse(text);
    } catch (cause) {
      throw new FiredrillError('lab-not-running', `process-compose did not ${method} ${path}`, {
        fix: 'run `pnpm lab down`',
        cause,
      });
    }
  };
  return {
    answers: () =>
      call('GET', '/live').then(
        () => true,
        () => false,
      ),
    async process(name) {
      const one = processSchema.parse(await call('GET', `/process/${encodeURIComponent(name)}`));
      return {
        name: one.name,
        status: one.status,
        running: one.is_running,
        ended: !one.is_running && endStates.has(one.status),
        exitCode: one.exit_code,
      };
    },
    async start(name) {
      await call('POST', `/process/start/${encodeURIComponent(name)}`);
    },
  };
}
