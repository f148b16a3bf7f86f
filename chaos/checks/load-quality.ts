import type { Check } from '../report/verdict.ts';
import { eventsOf, type Run } from './run.ts';

/**
 * Above this share of late or dropped arrivals the load was not what the plan says. Half of the least that anything is judged by: an
 * error ratio of 1 %, or the slowest 1 % of the answers.
 */
const tolerated = 0.005;

/** Did the load client send what it was to send, when it was to send it? */
export function checkLoadQuality(run: Run): Check {
  const name = 'load-quality';
  const stopped = eventsOf(run, 'load-stopped').at(-1);
  if (stopped === undefined) {
    return { name, verdict: 'inconclusive', summary: 'The load never reported its end.', evidence: [] };
  }
  const { sent, late, dropped, retried } = stopped;
  const evidence = ['ledger.jsonl', `sent ${sent}, late ${late}, dropped ${dropped}`];
  if (run.missing.some((what) => what.startsWith('ledger'))) {
    return {
      name,
      verdict: 'inconclusive',
      summary: 'The ledger could not be read.',
      evidence: [...run.missing],
    };
  }
  const retries = run.operations.filter(({ invoke }) => invoke.retryOf !== undefined).length;
  const users = run.operations.length - retries;
  const endless = run.operations.filter(({ result }) => result === undefined).length;
  if (sent === 0 || users === 0) {
    return { name, verdict: 'inconclusive', summary: 'No request was sent.', evidence };
  }
  if (users < sent) {
    const summary = `The client says that it sent ${sent} requests, the ledger has ${users}.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  if (retries < retried || endless > 0) {
    const summary = `The client retried ${retried} requests, the ledger has ${retries}; ${endless} of its requests have no end.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const share = (late + dropped) / (sent + dropped);
  const figure = `${late} late and ${dropped} dropped of ${sent + dropped} arrivals (${(share * 100).toFixed(2)} %)`;
  if (share > tolerated) {
    return {
      name,
      verdict: 'inconclusive',
      summary: `The load client did not keep up: ${figure}.`,
      evidence,
    };
  }
  return { name, verdict: 'pass', summary: `The load was as planned: ${figure}.`, evidence };
}
