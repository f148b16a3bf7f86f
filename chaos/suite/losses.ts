import type { Verdict } from '../report/verdict.ts';
import type { Loss } from './suite-result.ts';

/** What to do about a check that did not pass, by its name. */
const fixes: Readonly<Record<string, string>> = {
  control: 'see that the shop is well without a fault: `pnpm lab up`, `pnpm slo status`',
  hypothesis: 'mend what the users felt more of than was believed, or believe what was measured',
  witness: 'the fault did not do what it says: look at the readings, then at its target and parameters',
  healed: 'run `pnpm chaos heal`, and see in guardian.jsonl what could not be undone',
  'alert-contract': 'mend the rule that fired or did not, or name the alert in the contract with a reason',
  resolution: 'see in the report what held the page: the users, or the alerting',
  flapping: 'make the page hold (`keep_firing_for`) or its windows longer',
  watchers: 'see in the report from when to when who watches saw nothing, and why',
  'load-quality': 'run it again with nothing else on the machine: requests were sent late or not at all',
  counters: 'compare the counters with the ledger in the report: the SLI miscounts',
  'production-replay': 'run it again: the series of the users is not whole',
};

const ofIntegrity = 'look at the orders that the report names: an order, its stock or its money is wrong';
const ofOthers = 'see the check in the report';

/** Pure. */
export function fixOfCheck(check: string): string {
  return fixes[check] ?? (check.startsWith('integrity') ? ofIntegrity : ofOthers);
}

/** Pure: what kept a run from passing, each with what to do. */
export function lossesOf(verdict: Verdict): readonly Loss[] {
  const checks = verdict.checks.flatMap((check): Loss[] =>
    check.verdict === 'pass'
      ? []
      : [{ check: check.name, verdict: check.verdict, summary: check.summary, fix: fixOfCheck(check.name) }],
  );
  if (verdict.abort === undefined) return checks.length > 0 ? checks : [nothingKnown('no check says why')];
  const fix = 'raise what stopped it (`abort` in the experiment) if it was wrong to, else mend what it saw';
  return [{ check: 'abort', verdict: 'missing', summary: verdict.abort.reason, fix }, ...checks];
}

/** Pure: there was no verdict at all. */
export const nothingKnown = (problem: string, fix = 'run the suite again: it goes on here'): Loss => ({
  check: 'run',
  verdict: 'missing',
  summary: problem,
  fix,
});
