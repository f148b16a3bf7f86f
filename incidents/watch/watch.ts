import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { type LabState, nodeUrl } from '@firedrill/lab';
import { z } from 'zod';
import { labStanding } from '../commands/lab-standing.ts';
import { runningLabs } from '../commands/running-labs.ts';
import type { Incident } from '../pager/incident.ts';
import type { Pager } from '../pager/pager.ts';
import { changesBetween } from './changes.ts';
import type { Display } from './display.ts';
import type { Watched, WatchedLab } from './screen.ts';

const everyMs = 500;
const labsEveryMs = 2000;
/** What nobody takes rings again. */
const ringAgainMs = 30_000;
const deadlineMs = 1000;

/** Shows the pager until it is stopped. What is over when it begins is history, and so is what a lab left that is gone. */
export async function watch(pager: Pager, display: Display, stop: AbortSignal): Promise<void> {
  const isOver = ({ status }: Incident): boolean => status === 'resolved';
  let found = await lookForLabs(pager.incidents());
  const runs = ({ lab }: Incident): boolean =>
    found.silent.has(lab) || found.labs.some((one) => one.lab === lab);
  let before: readonly Incident[] = pager.incidents().filter((one) => isOver(one) || !runs(one));
  let [lookForLabsAt, rangAt] = [Date.now() + labsEveryMs, Number.NEGATIVE_INFINITY];
  while (!stop.aborted) {
    const nowMs = Date.now();
    if (nowMs >= lookForLabsAt) {
      lookForLabsAt = nowMs + labsEveryMs;
      // A lab that hangs must not hold the screen up.
      void lookForLabs(pager.incidents()).then(
        (now) => {
          found = now;
        },
        // What cannot be looked at now stays as it was seen.
        () => {},
      );
    }
    const problems = refresh(pager);
    const all = pager.incidents();
    const incidents = all.filter((one) => !isOver(one));
    const changes = changesBetween(before, all);
    before = all;
    const called = changes.some(
      ({ rings, incident }) => rings && incidents.some(({ id }) => id === incident),
    );
    const open = incidents.some((one) => one.status === 'open' && runs(one));
    const rings = called || (open && nowMs - rangAt >= ringAgainMs);
    if (rings) rangAt = nowMs;
    display.show({ incidents, ...found, problems, nowMs }, changes, rings);
    await sleep(everyMs, undefined, { signal: stop }).catch(() => {});
  }
}

/** What could not be taken in now may be at the next look. */
function refresh(pager: Pager): readonly string[] {
  try {
    return pager.refresh().map(({ path, problem }) => `${path} cannot be read: ${problem}`);
  } catch (error) {
    if (error instanceof FiredrillError) return [error.toLine()];
    throw error;
  }
}

const watchdogSchema = z.object({ lastHeartbeatAt: z.string().nullable() });

async function lookForLabs(incidents: readonly Incident[]): Promise<Pick<Watched, 'labs' | 'silent'>> {
  const running = await runningLabs().catch(() => new Map<string, never>());
  const silent = incidents.filter(
    (one) => one.status !== 'resolved' && labStanding(one, running) === 'silent',
  );
  return { labs: await heardOf(running), silent: new Map(silent.map(({ lab, level }) => [lab, level])) };
}

function heardOf(running: ReadonlyMap<string, LabState>): Promise<readonly WatchedLab[]> {
  return Promise.all(
    [...running].map(async ([lab, state]): Promise<WatchedLab> => {
      const { lastHeartbeatAt } = await fetch(`${nodeUrl(state, 'receiver-1')}/watchdog`, {
        signal: AbortSignal.timeout(deadlineMs),
      })
        .then(async (answer) => watchdogSchema.parse(await answer.json()))
        .catch(() => ({ lastHeartbeatAt: null }));
      return { lab, level: state.level, lastHeartbeatAt: lastHeartbeatAt ?? undefined };
    }),
  );
}
