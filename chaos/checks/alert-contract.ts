import type { AlertNotification } from '../journal/event.ts';
import type { Check } from '../report/verdict.ts';
import { type Detection, detections, isFor } from './detection.ts';
import { eventsOf, type Run } from './run.ts';
import { checkWatchdog } from './watchdog.ts';

/** The receiver's own alert about silence; the watchdog check judges it. */
const watchdogAlert = 'WatchdogMissing';

/** Did the page that must come come in time, and nothing else that was not allowed? */
export function checkAlertContract(run: Run): Check {
  const name = 'alert-contract';
  const found = detections(run);
  const evidence = found.map(describe);
  if (run.times.injectedMs === undefined) {
    return { name, verdict: 'inconclusive', summary: 'No fault was injected.', evidence };
  }
  const late = found.flatMap(complaint);
  const others = unexpected(run);
  evidence.push(
    ...others.map((other) => `unexpected ${other.severity} ${other.alert} at ${other.receivedAt}`),
  );
  if (late.length + others.length > 0) {
    // A page that did not come proves nothing when the alerting itself was dead.
    const blind = others.length === 0 && checkWatchdog(run).verdict !== 'pass';
    const summary = [...late, ...summaryOf(others)].join('; ');
    return { name, verdict: blind ? 'inconclusive' : 'fail', summary: `${summary}.`, evidence };
  }
  const open = found.filter(
    ({ expected, resolved }) => expected.severity === 'page' && resolved === undefined,
  );
  if (open.length > 0) {
    // The way back belongs to the contract, and nobody saw it.
    const summary = `${open.map(nameOf).join(', ')} came, and had not resolved when the run ended.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const came = found.map((detection) => `${nameOf(detection)} after ${seconds(detection.measuredMs)}`);
  const summary =
    found.length === 0 ? 'No alert was expected and none came' : `${came.join(', ')}, and nothing else`;
  return { name, verdict: 'pass', summary: `${summary}.`, evidence };
}

/** Firing pages and tickets that the plan neither expects nor allows, each once. */
export function unexpected(run: Run): readonly AlertNotification[] {
  const { expected, allowed } = run.plan.alerts;
  const seen = new Set<string>();
  return eventsOf(run, 'notification')
    .map((event) => event.notification)
    .filter((notification) => {
      const { alert, severity, status } = notification;
      if (status !== 'firing' || !['page', 'ticket'].includes(severity) || alert === watchdogAlert)
        return false;
      if ([...expected, ...allowed].some((contract) => isFor(contract, notification))) return false;
      const first = !seen.has(`${alert} ${severity}`);
      seen.add(`${alert} ${severity}`);
      return first;
    });
}

function complaint(detection: Detection): string[] {
  const { measuredMs, expected } = detection;
  if (measuredMs === null) return [`${nameOf(detection)} never reached the receiver`];
  if (measuredMs < 0) return [`${nameOf(detection)} came ${seconds(-measuredMs)} before the injection`];
  if (measuredMs <= expected.withinMs) return [];
  return [
    `${nameOf(detection)} came after ${seconds(measuredMs)}, allowed were ${seconds(expected.withinMs)}`,
  ];
}

function describe(detection: Detection): string {
  const { expected, measuredMs, predictedMs, resolved } = detection;
  const measured = measuredMs === null ? 'not delivered' : `delivered after ${seconds(measuredMs)}`;
  const predicted = predictedMs === null ? 'its events never cross θ' : `predicted ${seconds(predictedMs)}`;
  const end =
    measuredMs === null ? '' : resolved === undefined ? ', not resolved when the run ended' : ', resolved';
  return `${nameOf(detection)}: ${measured} (${predicted}, at most ${seconds(expected.withinMs)})${end}`;
}

const nameOf = ({ expected }: Detection): string => `${expected.severity} ${expected.alert}`;

const summaryOf = (others: readonly AlertNotification[]): string[] =>
  others.map((other) => `${other.severity} ${other.alert} came and is not allowed`);

const seconds = (ms: number | null): string => (ms === null ? 'never' : `${(ms / 1000).toFixed(2)} s`);
