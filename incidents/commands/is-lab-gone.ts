import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { labName } from '@firedrill/lab';
import { bootId, labHome, labIdOf, processesOfLab, readLabState } from '@firedrill/lab/control';
import type { Incident } from '../pager/incident.ts';

/**
 * Whether nothing is left of the start of a lab that paged, so that nothing will ever end its pages. One whose process-compose or
 * engine does not answer is not gone: its Prometheus may go on evaluating, and its receiver listening.
 */
export function isLabGone({ lab, level }: Pick<Incident, 'lab' | 'level'>): boolean {
  const home = labHome(level);
  const labId = lab.replace(/-[^-]*$/, '');
  // Of a lab with another TMPDIR, or where lab.json cannot be read, the processes alone can tell.
  if (labId !== labIdOf(level)) return processesOfLab({ labId, home }).length === 0;
  const state = readLabState(home);
  if (state === undefined) {
    return !existsSync(join(home, 'lab.json')) || processesOfLab({ labId, home }).length === 0;
  }
  return state.bootId !== bootId() || labName(state) !== lab || processesOfLab(state).length === 0;
}
