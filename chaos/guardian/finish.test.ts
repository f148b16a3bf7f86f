import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardianPaths, isAlive, type LabState, labLockHeld, processEntry } from '@firedrill/lab/control';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGuardian } from './guardian-client.ts';
import { IntentLog } from './intent-log.ts';
import { until } from './testing/started-run.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-finish-'));
  writeFileSync(join(home, 'lab.json'), JSON.stringify(deadLab()));
  writeFileSync(join(home, 'lab.lock'), '');
});
afterEach(() => rmSync(home, { recursive: true }));

/** Nothing of it runs: port 1025 and the socket are nobody's. */
const deadLab = (): LabState => ({
  labId: `dead-${process.pid}`,
  level: 1,
  runtime: 'native',
  clock: 'drill',
  home,
  checkout: home,
  scope: '',
  startedAt: new Date().toISOString(),
  bootId: 'boot',
  nodes: {},
  edges: { 'a:b': { listen: 1025, upstream: 1025 } },
  toxiproxyPort: 1025,
  primary: 'pg-1',
  promotions: [],
  probes: {},
  processComposeSocket: join(home, 'pc.sock'),
  secrets: {
    postgresPassword: 'p',
    exporterPassword: 'e',
    receiverToken: 'r',
    paymentToken: 't',
    adminToken: 'a',
    patroniPassword: 'a',
  },
});

test('a guardian that cannot heal at the end says so, lets the lab go, and leaves what is open', async () => {
  const guardian = await startGuardian({
    home,
    labId: deadLab().labId,
    run: 'r',
    ownsLab: false,
    logPath: join(home, 'guardian.jsonl'),
  });
  const identity = processEntry(guardian.pid);
  if (identity === undefined) throw new Error('the guardian has no entry');
  try {
    await expect(guardian.apply('refuse', { kind: 'edge-disable', edge: 'a:b' })).rejects.toThrow();
    await expect(guardian.finish(false)).rejects.toThrow();
    // This process lives on, so nothing but the guardian itself ends it.
    await until('the lab is let go', () => !labLockHeld(home), 10_000);
    const left = new IntentLog(guardianPaths(home).intents);
    expect(left.open.map((intent) => intent.fault)).toEqual(['refuse']);
    left.close();
  } finally {
    if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL');
    guardian.close();
  }
});
