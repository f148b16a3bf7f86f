import { FiredrillError } from '@firedrill/errors';
import { type LabEvent, type LabUp, labUp } from '@firedrill/lab';
import { createControl, labHome, readLabState } from '@firedrill/lab/control';
import type { Clock } from '@firedrill/slo';
import { recoverRuns } from '../guardian/recover.ts';
import type { Progress } from './progress.ts';
import type { Stop } from './stop.ts';

function describe(event: LabEvent, ready: Set<string>, all: number): string {
  switch (event.type) {
    case 'cleaned':
      return `took down the lab ${event.labId}: ${event.why}`;
    case 'step':
      return event.step;
    case 'waiting':
      return `waiting for ${event.nodes.length} processes`;
    case 'ready':
      return `${ready.size} of ${all} ready, last ${event.node} after ${(event.afterMs / 1000).toFixed(1)} s`;
  }
}

/**
 * Heals and cleans what an earlier run left, then starts the lab or finds it running. A stop in the middle takes down what
 * was begun.
 * @throws {FiredrillError} what {@link labUp} throws; `aborted`.
 */
export async function raiseLab(level: number, clock: Clock, progress: Progress, stop: Stop): Promise<LabUp> {
  const home = labHome(level);
  const left = await recoverRuns(home);
  if (left !== undefined) {
    const lab = left.labStopped ? ', lab stopped' : '';
    progress.note(`healed what run ${left.run ?? '?'} had left: ${left.healed.length} faults${lab}`);
  }
  const ready = new Set<string>();
  let waiting = 0;
  let starting = false;
  const up = labUp({
    level,
    clock,
    onEvent: (event) => {
      if (event.type === 'step' && event.step !== 'provision') starting = true;
      if (event.type === 'waiting') waiting = event.nodes.length;
      if (event.type === 'ready') ready.add(event.node);
      progress.figure(describe(event, ready, waiting));
    },
  });
  const stopped = new Promise<'stopped'>((resolve) => {
    if (stop.signal.aborted) resolve('stopped');
    stop.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  const first = await Promise.race([up, stopped]);
  if (first !== 'stopped') return first;
  up.catch(() => {});
  const state = readLabState(home);
  if (starting && state !== undefined) await createControl(state).stopLab();
  throw new FiredrillError('aborted', `stopped while the lab was starting: ${stop.reason}`);
}
