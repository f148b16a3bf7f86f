import { setTimeout as sleep } from 'node:timers/promises';
import { readLabState } from '@firedrill/lab/control';
import { startGuardian } from '../guardian-client.ts';

// A runner that does not listen to its guardian: it keeps ordering effects. Arguments: the lab's home, a log file.
const [home = '', logPath = ''] = process.argv.slice(2);
const state = readLabState(home);
if (state === undefined) throw new Error(`no lab in ${home}`);
const guardian = await startGuardian({ home, labId: state.labId, run: 'stubborn', ownsLab: false, logPath });
for (let n = 0; ; n += 1) {
  const toxic = {
    name: `stubborn-${n}`,
    type: 'latency',
    stream: 'upstream',
    toxicity: 1,
    attributes: { latency: 1 },
  } as const;
  const answer = await guardian.apply('stubborn', { kind: 'toxic-add', edge: 'api-1:pg-1', toxic }).then(
    () => 'applied',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  process.stdout.write(`${answer}\n`);
  await sleep(200);
}
