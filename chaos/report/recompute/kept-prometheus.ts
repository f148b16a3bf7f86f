import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { provisionWithProgress } from '@firedrill/provision';
import { pathOf } from '../../evidence/question.ts';

/** It replays no log and loads some blocks: seconds on a busy machine. */
const readyMs = 60_000;

/** Asks a path of Prometheus' API. @returns the answer's JSON, also of what was refused */
export type AskPrometheus = (path: string) => Promise<unknown>;

/** A Prometheus over a copy of kept samples. */
export interface KeptPrometheus {
  readonly ask: AskPrometheus;
  /**
   * Takes samples out of the copy, both ends included.
   * @param match a series selector. @throws {Error} when it is refused.
   */
  readonly forget: (match: string, fromMs: number, toMs: number) => Promise<void>;
}

/**
 * The provisioned Prometheus over a copy of the blocks that a run kept: it scrapes nothing, evaluates no rule, pages nobody, and is
 * gone when `use` has ended.
 * @throws {FiredrillError} `component-unavailable`, `control-failed`
 */
export async function withKeptPrometheus<T>(
  blocks: string,
  use: (kept: KeptPrometheus) => Promise<T>,
): Promise<T> {
  const component = (await provisionWithProgress(['prometheus'])).get('prometheus');
  if (component === undefined) throw new FiredrillError('component-unavailable', 'there is no Prometheus');
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-recompute-'));
  try {
    // It would write into the evidence.
    await cp(blocks, join(folder, 'data'), { recursive: true });
    await writeFile(join(folder, 'prometheus.yml'), '{}\n');
    const server = spawn(
      component.bin('prometheus'),
      [
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=data',
        // A run of last year is as good as one of today.
        '--storage.tsdb.retention.time=100y',
        '--web.listen-address=127.0.0.1:0',
        '--web.enable-admin-api',
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const ended = once(server, 'exit');
    try {
      const url = await addressOf(server.stderr);
      await untilReady(url);
      return await use(keptAt(url));
    } finally {
      if (server.exitCode === null) server.kill('SIGTERM');
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const keptAt = (url: string): KeptPrometheus => ({
  ask: async (path) => (await fetch(`${url}${path}`)).json(),
  forget: async (match, fromMs, toMs) => {
    const [start, end] = [(fromMs / 1000).toFixed(3), (toMs / 1000).toFixed(3)];
    // A tombstone at the end of what is asked for makes its queries panic (`Intervals.Add` in tsdb/tombstones): none is left.
    for (const path of [pathOf('delete_series', { 'match[]': match, start, end }), 'clean_tombstones']) {
      const { ok, status } = await fetch(`${url}/api/v1/admin/tsdb/${path}`, { method: 'POST' });
      if (!ok) throw new Error(`Prometheus answers ${status} to ${path}`);
    }
  },
});

/** `… msg="Listening on" component=web address=127.0.0.1:41234`: the port that the system gave it. */
async function addressOf(log: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface(log);
  const told: string[] = [];
  for await (const line of lines) {
    const address = /"?Listening on"?.* address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) {
      lines.close();
      log.resume();
      return `http://${address}`;
    }
    told.push(line);
  }
  throw unwilling(told.at(-1) ?? 'it ended without a word');
}

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + readyMs;
  for (;;) {
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
    await ready?.body?.cancel();
    if (ready?.ok === true) return;
    if (performance.now() > until) throw unwilling('it was not ready in time');
    await pause(50);
  }
}

const unwilling = (why: string): FiredrillError =>
  new FiredrillError('control-failed', `Prometheus did not start over the kept samples: ${why}`, {
    fix: 'see `pnpm lab doctor`',
  });
