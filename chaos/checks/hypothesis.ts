import type { Plan } from '../journal/event.ts';
import type { Check } from '../report/verdict.ts';
import { feltBy, type Measure } from './measure.ts';
import { operationsOf } from './phases.ts';
import { eventsOf, type Run } from './run.ts';

type Hypothesis = Plan['hypotheses'][number];

interface Held {
  readonly verdict: Check['verdict'];
  readonly figure: string;
}

/** Does what was expected of the users hold, with the fault and after it? */
export function checkHypothesis(run: Run): Check {
  return summarise('hypothesis', run, (hypothesis) => hypothesis.phase !== 'control');
}

/** Without a fault the hypothesis must hold and no alert fire, or nothing is learnt: inconclusive. */
export function checkControl(run: Run): Check {
  const check = summarise('control', run, (hypothesis) => hypothesis.phase === 'control');
  // Where no fault is planned an alert is what the contract is about.
  const early = run.plan.faults.length === 0 ? [] : alertsBefore(run, run.times.injectedMs ?? Infinity);
  if (early.length > 0) {
    const summary = `Alerts fired without a fault: ${early.join(', ')}.`;
    return { ...check, verdict: 'inconclusive', summary, evidence: [...check.evidence, ...early] };
  }
  return check.verdict === 'fail' ? { ...check, verdict: 'inconclusive' } : check;
}

/** Pages and tickets that reached the receiver before a moment, ms since the epoch. */
function alertsBefore(run: Run, ms: number): string[] {
  return eventsOf(run, 'notification')
    .map((event) => event.notification)
    .filter(({ severity, status }) => status === 'firing' && (severity === 'page' || severity === 'ticket'))
    .filter(({ receivedAt }) => Date.parse(receivedAt) < ms)
    .map(({ severity, alert, receivedAt }) => `${severity} ${alert} at ${receivedAt}`);
}

function summarise(name: string, run: Run, wanted: (hypothesis: Hypothesis) => boolean): Check {
  const results = run.plan.hypotheses.filter(wanted).map((hypothesis) => hold(run, hypothesis));
  const count = (verdict: Check['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const evidence = results.map((result) => result.figure);
  if (results.length === 0) {
    return {
      name,
      verdict: 'inconclusive',
      summary: 'The experiment expects nothing of this phase.',
      evidence,
    };
  }
  if (count('fail') > 0) {
    const first = results.find((result) => result.verdict === 'fail')!;
    return {
      name,
      verdict: 'fail',
      summary: `${count('fail')} of ${results.length} expectations do not hold: ${first.figure}.`,
      evidence,
    };
  }
  if (count('inconclusive') > 0) {
    const first = results.find((result) => result.verdict === 'inconclusive')!;
    return { name, verdict: 'inconclusive', summary: `Not enough data: ${first.figure}.`, evidence };
  }
  const summary =
    results.length === 1 ? `It holds: ${evidence[0]}.` : `All ${results.length} expectations hold.`;
  return { name, verdict: 'pass', summary, evidence };
}

function hold(run: Run, hypothesis: Hypothesis): Held {
  const { phase, operation, measure, atLeast, atMost } = hypothesis;
  const wanted = [
    ...(atLeast === undefined ? [] : [`≥ ${format(measure, atLeast)}`]),
    ...(atMost === undefined ? [] : [`≤ ${format(measure, atMost)}`]),
  ].join(' and ');
  const what = `${phase}, ${operation === '*' ? 'all operations' : operation}: ${names[measure]}`;
  const operations = operationsOf(run, phase);
  if (operations === undefined)
    return { verdict: 'inconclusive', figure: `${what} wanted ${wanted}, there was no such phase` };
  const felt = feltBy(operations, operation);
  const value = felt[measure];
  const counted = felt.good + felt.bad;
  if (value === undefined)
    return { verdict: 'inconclusive', figure: `${what} wanted ${wanted}, no request counted` };
  const held = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  return {
    verdict: held ? 'pass' : 'fail',
    figure: `${what} ${format(measure, value)} of ${counted} requests (wanted ${wanted})`,
  };
}

const names: Readonly<Record<Measure, string>> = { errorRatio: 'error ratio', p99Ms: 'p99' };

function format(measure: Measure, value: number): string {
  return measure === 'errorRatio' ? `${(value * 100).toFixed(1)} %` : `${Math.round(value)} ms`;
}
