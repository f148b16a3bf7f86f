import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { statePath } from '../lab-home.ts';
import { processesOfNode } from '../lab-processes.ts';
import { readLabState } from '../lab-state-file.ts';
import type { ProcessIdentity } from '../process-table.ts';
import { signal } from '../signal.ts';
import type { Sabotage } from './saboteurs.ts';

// Gives one node a share of the CPU, as a container's quota does: it runs for a part of each period and is held for the
// rest. Whatever ends this process, the node is let go first; after a SIGKILL of it the heal does that.
type Starve = Extract<Sabotage, { readonly kind: 'starve' }> & { readonly home: string };
const { home, node, share, periodMs } = JSON.parse(process.argv[2] ?? '{}') as Starve;
const lookEveryMs = 500;

const lab = readLabState(home);
if (lab === undefined) throw new Error(`no lab.json in ${home}`);
let held: readonly ProcessIdentity[] = [];

const letGo = (): void => {
  for (const one of held) signal(one, 'SIGCONT');
};
process.on('exit', letGo);
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => process.exit(0));

let lookedAt = Number.NEGATIVE_INFINITY;
let told = false;
for (let next = performance.now(); ; next += periodMs) {
  if (performance.now() - lookedAt > lookEveryMs) {
    if (!existsSync(statePath(home))) process.exit(0);
    held = processesOfNode(lab, node);
    lookedAt = performance.now();
  }
  for (const one of held) signal(one, 'SIGSTOP');
  if (!told) process.stdout.write('ready\n');
  told = true;
  await pause((1 - share) * periodMs);
  letGo();
  // After a pause of its own it must not catch up on what it missed.
  next = Math.max(next, performance.now() - periodMs);
  await pause(Math.max(1, next + periodMs - performance.now()));
}
