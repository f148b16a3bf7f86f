import { isSilencedBy, matchersText, type Silence, silenceSchema } from '@firedrill/alerts';
import { z } from 'zod';
import { seriesOf } from '../evidence/prometheus-samples.ts';
import type { Check } from '../report/verdict.ts';
import { type AlertName, alertStates, isFor, nameOf } from './alert-history.ts';
import { eventsOf, type Run } from './run.ts';
import { standingOf } from './standing.ts';

/** A silence that was active in a run, and what fired meanwhile, matched it, and reached nobody. */
export interface RunSilence {
  readonly silence: Silence;
  readonly alerts: readonly AlertName[];
}

const known = new WeakMap<Run, readonly RunSilence[] | undefined>();

/** Every silence of a run; `undefined` when Alertmanager did not tell. */
export function runSilences(run: Run): readonly RunSilence[] | undefined {
  if (!known.has(run)) known.set(run, find(run));
  return known.get(run);
}

/** What held an alert back, if anything did. */
export const silencesOf = (run: Run, name: AlertName): readonly Silence[] =>
  (runSilences(run) ?? []).flatMap(({ silence, alerts }) =>
    alerts.some((one) => isFor(one, name)) ? [silence] : [],
  );

/** `silenced by ana until 12:30:00 (a deploy)`. */
export const silencedText = ({ createdBy, comment, endsAt }: Silence): string =>
  `silenced by ${createdBy || 'nobody'} until ${endsAt.slice(11, 19)} (${comment || 'no reason'})`;

function find(run: Run): readonly RunSilence[] | undefined {
  const parsed = z.array(silenceSchema).safeParse(run.evidence.get('alertmanager-silences')?.answer);
  if (!parsed.success) return undefined;
  const { loadFromMs: fromMs = run.times.plannedMs, endMs } = run.times;
  const told = eventsOf(run, 'notification').map(({ notification }) => notification);
  const fired = firings(run).filter(
    (one) => !told.some((other) => other.status === 'firing' && isFor(one, other)),
  );
  return parsed.data
    .filter(({ startsAt, endsAt }) => Date.parse(startsAt) < endMs && Date.parse(endsAt) > fromMs)
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
    .map((silence) => {
      const held = fired.filter(
        ({ labels, at }) => isSilencedBy(silence, labels) && at.some(within(silence)),
      );
      return { silence, alerts: uniqueNames(held) };
    });
}

const within =
  ({ startsAt, endsAt }: Silence) =>
  (ms: number): boolean =>
    ms >= Date.parse(startsAt) && ms < Date.parse(endsAt);

interface Firing extends AlertName {
  readonly labels: Readonly<Record<string, string>>;
  /** Moments at which it fired, ms since the epoch. */
  readonly at: readonly number[];
}

/** What fired at Prometheus; where it did not tell the labels, what the run saw, by its name alone. */
function firings(run: Run): readonly Firing[] {
  const remembered = seriesOf(run.evidence.get('prometheus-alerts-history'))
    .filter(({ metric }) => metric['alertstate'] === 'firing')
    .map(({ metric, samples }): Firing => {
      const { alertname: alert = '', severity = '' } = metric;
      return { alert, severity, labels: metric, at: samples.map(([ms]) => ms) };
    });
  const seen = alertStates(run)
    .filter(({ state }) => state === 'firing')
    .map(
      ({ alert, severity, atMs }): Firing => ({
        alert,
        severity,
        labels: { alertname: alert, severity },
        at: [atMs],
      }),
    );
  return [...remembered, ...seen.filter((one) => !remembered.some((other) => isFor(one, other)))];
}

const uniqueNames = (all: readonly Firing[]): readonly AlertName[] => [
  ...new Map(all.map(({ alert, severity }) => [nameOf({ alert, severity }), { alert, severity }])).values(),
];

/** Was an alert held back that somebody would have got? A silence must not make an alert vanish from the verdict. */
export function checkSilences(run: Run): Check {
  const name = 'silences';
  const silences = runSilences(run);
  if (silences === undefined) {
    const summary = 'Alertmanager did not tell what was silenced.';
    return { name, verdict: 'inconclusive', summary, evidence: [] };
  }
  const evidence = silences.map(({ silence, alerts }) => {
    const what = alerts.length === 0 ? 'it held nothing back' : `${alerts.map(nameOf).join(', ')} fired`;
    return `${matchersText(silence)} ${silencedText(silence)}, ${silence.id}: ${what}`;
  });
  const told = silences.flatMap(({ silence, alerts }) =>
    alerts.map((one) => ({
      standing: standingOf(run.plan.alerts, one).standing,
      text: `${nameOf(one)} fired, ${silencedText(silence)}`,
    })),
  );
  const said = (standings: readonly string[]): string =>
    told.flatMap(({ standing, text }) => (standings.includes(standing) ? [text] : [])).join('; ');
  const hidden = said(['forbidden', 'unexpected']);
  if (hidden !== '') return { name, verdict: 'fail', summary: `${hidden}, and is not allowed to.`, evidence };
  const untested = said(['expected']);
  if (untested !== '') {
    const summary = `${untested}: whether it reaches anybody was not tested.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const summary =
    silences.length === 0
      ? 'Nothing was silenced.'
      : `What was silenced did not matter here: ${said(['allowed']) || 'no alert was held back'}.`;
  return { name, verdict: 'pass', summary, evidence };
}
