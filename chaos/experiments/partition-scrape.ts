import { mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { neverFelt } from './hypotheses.ts';

export default {
  name: 'partition-scrape',
  levels: [1, 2, 3],
  title: 'Prometheus is cut off from all that it scrapes',
  hypothesis:
    'Users feel nothing, and their own SLIs still reach Prometheus. Causes and correctness are told by nobody; tickets say so.',
  timeline: [
    {
      durationMs: 30_000,
      fault: 'drop',
      on: { between: [{ role: 'any' }, { nodes: ['prometheus-1'] }] },
    },
  ],
  impact: {},
  blind: ['scrapes'],
  alerts: {
    // Half a scrape, a second until it is given up, and 5 s of it.
    expected: [{ alert: 'ComponentDown', severity: 'ticket', afterMs: 7_000, withinMs: 14_000 }],
    forbidden: [...nobodyIsHurt],
    allowed: [mayTicket('LogAlertsBlind', 'Prometheus cannot see whether Loki evaluates them')],
  },
  hypotheses: [...neverFelt],
} satisfies Experiment;
