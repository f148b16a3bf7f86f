import { duration, percent, plain, plural } from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import { brokenPromises, takenAfterMs } from '../promises.ts';
import type { Propose } from './head.ts';

/** A page that is not taken in five minutes is one that rang in vain. */
const slowMs = 5 * 60_000;
/** What alerting could do best, and half as much again. */
const lateRatio = 1.5;

const list = (points: readonly string[], none: string): string =>
  points.length === 0 ? none : points.map((point) => `- ${point} *(proposed)*`).join('\n');

export const contributingFactors: Propose = (facts) => {
  const { run, logs, unfired } = facts;
  const broken = run?.run.times.faults.map(({ label }) => `What broke: ${plain(label)}.`) ?? [];
  const control = run?.verdict.checks.find(({ name }) => name === 'control');
  return list(
    [
      ...broken,
      ...(control === undefined || control.verdict === 'pass'
        ? []
        : [`Not all was well before: ${plain(control.summary)}`]),
      ...(logs?.[0] === undefined
        ? []
        : [`First in the logs: ${plain(logs[0].message)} (${plain(logs[0].node)}).`]),
      ...unfired.map(({ name }) => `Nobody was told by ${plain(name)}.`),
    ],
    'Nothing was measured that would name one.',
  );
};

export const wentWell: Propose = (facts) => {
  const { run, alerts, incident } = facts;
  const takenMs = takenAfterMs(facts);
  const first = alerts.find(({ severity }) => severity === 'page');
  const { orders } = run?.verdict ?? {};
  const over = incident.recoveredAt ?? incident.resolved?.at ?? '';
  return list(
    [
      ...(first === undefined || isLate(first) !== false
        ? []
        : [`${plain(first.name)} came ${lead(first)}.`]),
      ...(takenMs === undefined || takenMs > slowMs
        ? []
        : [`It was taken ${duration(takenMs)} after it rang.`]),
      ...(orders === undefined ||
      brokenPromises(facts).length > 0 ||
      orders.lost + orders.duplicated > 0 ||
      run?.integrity.problem !== undefined
        ? []
        : [`None of ${plural(orders.acknowledged, 'acknowledged order')} was lost or made twice.`]),
      ...(incident.acts.some(({ kind, at }) => kind === 'note' && at < over)
        ? ['What was seen was written down while it lasted.']
        : []),
    ],
    'Nothing that was measured.',
  );
};

export const wentBadly: Propose = (facts) => {
  const { alerts, unfired, incident, felt } = facts;
  const takenMs = takenAfterMs(facts);
  const all = felt?.find(({ operation }) => operation === '*');
  return list(
    [
      ...(all === undefined || all.bad === 0
        ? []
        : [`${percent(all.bad / all.counted)} of the requests failed while it lasted.`]),
      ...brokenPromises(facts).map((promise) => `A promise did not hold: ${plain(promise)}.`),
      ...unfired.map(({ name, because }) => `${plain(name)} should have come and did not: ${because}.`),
      ...alerts
        .filter((one) => isLate(one) === true)
        .map((one) => `${plain(one.name)} came late: ${lead(one)}.`),
      ...(takenMs === undefined
        ? ['Nobody acknowledged it.']
        : takenMs > slowMs
          ? [`It rang for ${duration(takenMs)} before somebody took it.`]
          : []),
      ...(incident.escalations === 0 ? [] : [`It was escalated ${incident.escalations}×.`]),
      ...(felt === undefined ? ['Nobody measured what users got.'] : []),
    ],
    'Nothing that was measured.',
  );
};

export const lucky: Propose = ({ run, felt }) => {
  const never = run?.replays.filter(({ replay }) => !replay.wouldPage) ?? [];
  const hurt = (felt?.find(({ operation }) => operation === '*')?.bad ?? 0) > 0;
  const unknown = run?.verdict.orders.unknown ?? 0;
  const settled = run?.verdict.integrity.invariants.find(({ invariant }) => invariant === 2)?.verdict;
  return list(
    [
      ...(run === undefined || !hurt || never.length < run.replays.length
        ? []
        : ['It was a drill: on the production windows nobody would have been paged.']),
      ...(unknown === 0 || settled !== 'pass'
        ? []
        : [`${plural(unknown, 'order')} had no answer, and none of them was left half done.`]),
      ...(run === undefined ? [] : ['It was done on purpose, while somebody looked.']),
    ],
    'Nothing that was measured.',
  );
};

type Alert = Facts['alerts'][number];

/** Undefined where nobody knows how soon it could have come; a ticket waits for the end of its SLO's page. */
export function isLate({ severity, firstBadMs, predictedMs, deliveredMs }: Alert): boolean | undefined {
  if (
    severity === 'ticket' ||
    firstBadMs === undefined ||
    predictedMs === undefined ||
    deliveredMs === undefined
  )
    return undefined;
  return deliveredMs - firstBadMs > lateRatio * Math.max(1_000, predictedMs - firstBadMs);
}

const lead = ({ firstBadMs = 0, predictedMs = 0, deliveredMs = 0 }: Alert): string =>
  `${duration(deliveredMs - firstBadMs)} after the first bad event; the best that was possible were ${duration(predictedMs - firstBadMs)}`;
