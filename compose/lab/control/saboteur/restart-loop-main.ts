import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { statePath } from '../lab-home.ts';
import { readLabState } from '../lab-state-file.ts';
import { killNode, startProcess } from '../nodes.ts';
import { runnerOf } from '../runner-of.ts';
import type { Sabotage } from './saboteurs.ts';

// A node that crashes again and again, as one does under a supervisor that always starts it anew.
type RestartLoop = Extract<Sabotage, { readonly kind: 'restart-loop' }> & { readonly home: string };
const { home, node, turns } = JSON.parse(process.argv[2] ?? '{}') as RestartLoop;

const lab = readLabState(home);
if (lab === undefined) throw new Error(`no lab.json in ${home}`);
const runner = runnerOf(lab);

for (let turn = 0; existsSync(statePath(home)); turn += 1) {
  const { downMs = 0, upMs = 0 } = turns[turn % turns.length] ?? {};
  await killNode(lab, node);
  if (turn === 0) process.stdout.write('ready\n');
  await pause(downMs);
  // One that does not come up this time may come up the next.
  await startProcess(lab, runner, node).catch((error: unknown) => console.error(String(error)));
  await pause(upMs);
}
