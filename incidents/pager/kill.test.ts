import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lab } from '../testing/told.ts';
import { Pager } from './pager.ts';

const token = 'the-token-of-the-kill-test';
const receiverMain = join(import.meta.dirname, 'main.ts');
const notingMain = join(import.meta.dirname, '../testing/noting-main.ts');
const deliveries = 40;

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-kill-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) await kill(child);
  rmSync(folder, { recursive: true });
});

function start(words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Where the receiver is just now: it comes back at another port. */
let receiverUrl: string;

async function startReceiver(): Promise<ChildProcess> {
  const receiver = start([receiverMain], {
    RECEIVER_PORT: '0',
    RECEIVER_TOKEN: token,
    RECEIVER_JOURNAL: join(folder, `${lab}.jsonl`),
    RECEIVER_FIRST_HEARTBEAT_SECONDS: '600',
  });
  const [line] = (await once(receiver.stdout!, 'data')) as [Buffer];
  receiverUrl = `http://127.0.0.1:${/:(\d+)/.exec(line.toString())![1]}`;
  return receiver;
}

/** As Alertmanager does: until it is answered 200. */
async function deliver(alert: string): Promise<void> {
  const body = JSON.stringify({
    version: '4',
    groupKey: alert,
    status: 'firing',
    receiver: 'firedrill',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: alert, severity: 'page' },
        annotations: {},
        startsAt: '2026-11-23T09:00:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: alert,
      },
    ],
  });
  for (;;) {
    const answer = await fetch(`${receiverUrl}/alerts`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(20);
  }
}

/** Numbers in [0, 1) that a seed decides. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

it.each([1, 2])(
  'nothing that was acknowledged is lost or doubled when all are killed, seed %i',
  async (seed) => {
    const next = random(seed);
    let receiver = await startReceiver();
    await deliver('Alert-0');

    const said: string[] = [];
    const note = (name: string): ChildProcess => {
      const child = start([notingMain, folder, name]);
      child.stdout!.on('data', (chunk: Buffer) => said.push(chunk.toString()));
      return child;
    };
    let notings = [note('a'), note('b')];
    await once(notings[0]!.stdout!, 'data');

    for (let number = 1; number < deliveries; number += 1) {
      const delivered = deliver(`Alert-${number}`);
      if (number % 10 === 0) {
        // Somewhere in what it takes to keep a notification, or in a person's act.
        await sleep(next() * 6);
        await Promise.all([kill(receiver), ...notings.map(kill)]);
        notings = [note(`a${number}`), note(`b${number}`)];
        const noted = notings.map((child) => once(child.stdout!, 'data'));
        receiver = await startReceiver();
        await Promise.all(noted);
      }
      await delivered;
    }
    // A line that was cut short was never said.
    const lines = (): readonly string[] => said.join('').split('\n').slice(0, -1);
    // A slow disk may have let few of them in between the deliveries.
    await expect.poll(() => lines().length, { timeout: 60_000 }).toBeGreaterThan(20);
    await Promise.all(notings.map(kill));

    const pager = Pager.open(folder);
    expect(pager.refresh()).toEqual([]);
    const [incident, ...others] = pager.incidents();
    expect(others).toEqual([]);
    expect(incident!.alerts.map(({ alert }) => alert)).toEqual(
      Array.from({ length: deliveries }, (_, number) => `Alert-${number}`),
    );
    const acknowledged = [...lines()];
    const kept = incident!.acts.map((act) => `${act.kind === 'note' ? act.text : ''} ${act.revision}`);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(kept).size).toBe(kept.length);
    expect(incident!.acts.map(({ revision }) => revision)).toEqual(kept.map((_, index) => index + 1));
    pager.close();
  },
  120_000,
);
