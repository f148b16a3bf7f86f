import { watchdogMissing } from '@firedrill/alerts';
import type { AlertNotification } from '../journal/event.ts';
import type { Check } from '../report/verdict.ts';
import { isFor, nameOf } from './alert-history.ts';
import { wasBlindToUsers } from './blindness.ts';
import { type Detection, detections } from './detection.ts';
import { eventsOf, type Run } from './run.ts';
import { silencedText, silencesOf } from './silences.ts';
import { standingOf } from './standing.ts';

/** Did what must come come in time and in order, and nothing else that was not allowed? */
export function checkAlertContract(run: Run): Check {
  const name = 'alert-contract';
  const found = detections(run);
  const expected = found.filter(({ standing }) => standing === 'expected');
  const evidence = expected.map(describe);
  if (run.times.injectedMs === undefined && run.plan.faults.length > 0) {
    return { name, verdict: 'inconclusive', summary: 'No fault was injected.', evidence };
  }
  const complaintsOf = (one: Detection) => [...complaint(one, run), ...outOfOrder(one, expected, run)];
  const missed = expected.filter((one) => complaintsOf(one).length > 0);
  const others = strangers(run);
  evidence.push(...others.map((other) => `${other.what} at ${other.receivedAt}`));
  if (missed.length + others.length > 0) {
    // A page that did not come proves nothing when a person held it back, or when the alerting itself was dead, but for the one that
    // tells of just that.
    const excused = missed.every(
      (one) => isSilenced(one, run) || (one.alert !== watchdogMissing.alert && wasBlindToUsers(run)),
    );
    const verdict = others.length === 0 && excused ? 'inconclusive' : 'fail';
    const summary = [...missed.flatMap(complaintsOf), ...others.map(({ complaint: said }) => said)].join(
      '; ',
    );
    return { name, verdict, summary: `${summary}.`, evidence };
  }
  const open = expected.filter(({ severity, resolved }) => severity === 'page' && resolved === undefined);
  if (open.length > 0) {
    // The way back belongs to the contract, and nobody saw it.
    const summary = `${open.map(nameOf).join(', ')} came, and had not resolved when the run ended.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const came = expected.map((detection) => `${nameOf(detection)} after ${seconds(detection.measuredMs)}`);
  const summary =
    expected.length === 0 ? 'No alert was expected and none came' : `${came.join(', ')}, and nothing else`;
  return { name, verdict: 'pass', summary: `${summary}.`, evidence };
}

interface Stranger {
  readonly what: string;
  readonly complaint: string;
  readonly receivedAt: string;
}

/** What reached the receiver and the contract forbids, or does not name; each once. */
function strangers(run: Run): readonly Stranger[] {
  const first = new Map<string, AlertNotification>();
  for (const { notification } of eventsOf(run, 'notification')) {
    if (notification.status !== 'firing') continue;
    if (!first.has(nameOf(notification))) first.set(nameOf(notification), notification);
  }
  return [...first.values()].flatMap((notification): Stranger[] => {
    const { standing, reason } = standingOf(run.plan.alerts, notification);
    const { receivedAt } = notification;
    const name = nameOf(notification).trim();
    if (standing === 'forbidden') {
      return [
        { what: `forbidden ${name}`, complaint: `${name} came and is forbidden: ${reason}`, receivedAt },
      ];
    }
    if (standing !== 'unexpected') return [];
    return [{ what: `unexpected ${name}`, complaint: `${name} came and is not allowed`, receivedAt }];
  });
}

const isSilenced = (one: Detection, run: Run): boolean =>
  one.measuredMs === null && silencesOf(run, one).length > 0;

function complaint(detection: Detection, run: Run): string[] {
  const { measuredMs, contract } = detection;
  if (measuredMs === null) {
    const silenced = silencesOf(run, detection).map((silence) => `, ${silencedText(silence)}`);
    return [`${nameOf(detection)} never reached the receiver${silenced.join('')}`];
  }
  if (measuredMs < 0) return [`${nameOf(detection)} came ${seconds(-measuredMs)} before the injection`];
  if (contract === undefined || measuredMs <= contract.withinMs) return [];
  return [
    `${nameOf(detection)} came after ${seconds(measuredMs)}, allowed were ${seconds(contract.withinMs)}`,
  ];
}

/** It has to wait for the one that it names. */
function outOfOrder(detection: Detection, all: readonly Detection[], run: Run): string[] {
  const { after } = detection.contract ?? {};
  if (after === undefined || detection.measuredMs === null) return [];
  const first = all.find((one) => isFor(one, after));
  const before = first?.measuredMs ?? null;
  if (before === null ? first !== undefined && isSilenced(first, run) : before <= detection.measuredMs)
    return [];
  const when = before === null ? 'which did not come' : `which took ${seconds(before)}`;
  return [
    `${nameOf(detection)} came after ${seconds(detection.measuredMs)} without ${nameOf(after)}, ${when}`,
  ];
}

function describe(detection: Detection): string {
  const { contract, measuredMs, predictedMs, resolved } = detection;
  const measured = measuredMs === null ? 'not delivered' : `delivered after ${seconds(measuredMs)}`;
  const predicted = predictedMs === null ? 'its events never cross θ' : `predicted ${seconds(predictedMs)}`;
  const order = contract?.after === undefined ? '' : `, not before ${nameOf(contract.after)}`;
  const end =
    measuredMs === null ? '' : resolved === undefined ? ', not resolved when the run ended' : ', resolved';
  const limit = seconds(contract?.withinMs ?? null);
  return `${nameOf(detection)}: ${measured} (${predicted}, at most ${limit}${order})${end}`;
}

const seconds = (ms: number | null): string => (ms === null ? 'never' : `${(ms / 1000).toFixed(2)} s`);
