import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { databaseUrlThrough } from '../../addresses.ts';
import { statePath } from '../lab-home.ts';
import { readLabState } from '../lab-state-file.ts';
import { ownSocket } from '../own-socket.ts';
import type { Sabotage } from './saboteurs.ts';

// Callers that take connections of the pool and never give them back: each begins a transaction and leaves it open.
type Hog = Extract<Sabotage, { readonly kind: 'hog' }> & { readonly home: string };
const { home, edge, connections, overMs = 0 } = JSON.parse(process.argv[2] ?? '{}') as Hog;
const lab = readLabState(home);
if (lab === undefined) throw new Error(`no lab.json in ${home}`);
const connectionString = databaseUrlThrough(lab, edge);

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => process.exit(0));

let holding = 0;
/** Those that find the pool empty wait in line like everybody else: the fault is in as soon as nothing more is to be had. */
const biteWithinMs = 2000;
const ready = Promise.withResolvers<void>();

async function hold(): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'firedrill-hog', stream: ownSocket });
  const gone = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
  try {
    await client.connect();
    await client.query('BEGIN');
    // The shop's database ends a transaction that idles; a leak that would heal itself is none.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    holding += 1;
    if (holding === connections) ready.resolve();
    await gone;
    holding -= 1;
  } catch {
    await client.end().catch(() => {});
  }
}

for (let index = 0; index < connections; index += 1) {
  void (async () => {
    await pause((index * overMs) / connections);
    for (;;) {
      await hold();
      await pause(100);
    }
  })();
}
// A leak has begun when it is there.
if (overMs === 0) await Promise.race([ready.promise, pause(biteWithinMs)]);
process.stdout.write('ready\n');
setInterval(() => {
  if (!existsSync(statePath(home))) process.exit(0);
}, 500);
