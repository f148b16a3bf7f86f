import { code, plain } from '@firedrill/chaos/report';
import { type LabState, type LeverPull, readLeverPulls } from '@firedrill/lab';
import { wordsOf } from '@firedrill/lab/levers';
import type { Incident } from '../pager/incident.ts';
import { windowOf } from './ask-lab.ts';
import type { Line, Source } from './facts.ts';
import { utc } from './utc.ts';

/** As they are kept beside the report. */
const leverSource: Source = { name: 'levers', path: 'evidence/incident.json' };

/** The lab's own list as long as it is there, then what an earlier report kept of it; `undefined` where nobody asked in time. */
export function leversAround(
  incident: Incident,
  lab: LabState | undefined,
  kept: readonly LeverPull[] | undefined,
  nowMs: number,
): readonly LeverPull[] | undefined {
  if (lab === undefined) return kept;
  const { fromMs, toMs } = windowOf(incident, nowMs);
  return readLeverPulls(lab.home).filter(({ at }) => Date.parse(at) >= fromMs && Date.parse(at) <= toMs);
}

/** Pure: those that came to an end, whatever end. */
const ended = (levers: readonly LeverPull[]): readonly LeverPull[] =>
  levers.filter(({ state }) => state === 'done' || state === 'failed');

/** Pure. */
export function labMitigationOf(levers: readonly LeverPull[] | undefined): readonly string[] {
  if (levers === undefined) {
    return [
      'What was done to the lab is known only as far as somebody noted it: it was gone before anybody asked.',
    ];
  }
  const done = ended(levers).map(
    (pull) =>
      `${utc(Date.parse(pull.at))}: ${code(`pnpm lab ${wordsOf(pull)}`)} ${pull.state}, ${plain(pull.text)}.`,
  );
  return done.length > 0 ? done : ['Nobody pulled a lever of the lab around it.'];
}

/** Pure. */
export const leverLines = (levers: readonly LeverPull[] | undefined): readonly Line[] =>
  ended(levers ?? []).map((pull) => ({
    atMs: Date.parse(pull.at),
    what: `${code(`pnpm lab ${wordsOf(pull)}`)} ${pull.state}`,
    source: leverSource,
  }));
