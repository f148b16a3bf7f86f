import { readLabState } from '../../control/lab-state-file.ts';
import { promote } from '../promote.ts';

/** Promotes, and is killed so many ms after that step began; `end`: after the last step. */
const [home = '', node = '', kind = '', afterMs = '0'] = process.argv.slice(2);
const state = readLabState(home);
if (state === undefined) throw new Error(`no lab in ${home}`);

const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
await promote(state, node, {
  onStep: (progress) => {
    if (kind === 'end' && progress.type === 'done' && progress.step.kind === 'start-again') die();
    if (progress.type !== 'begins' || progress.step.kind !== kind) return;
    if (afterMs === '0') die();
    else setTimeout(die, Number(afterMs));
  },
});
throw new Error('it was not killed');
