import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { neverFelt } from './hypotheses.ts';

export default {
  name: 'lose-loki',
  levels: [1, 2, 3, 4],
  title: 'Loki dies',
  hypothesis:
    'Users feel nothing, pages would come. What only a log tells is told by nobody, and a ticket says so.',
  timeline: [{ durationMs: 30_000, fault: 'kill', on: { nodes: ['loki-1'] } }],
  impact: {},
  blind: ['log-rules'],
  alerts: {
    // Half a scrape, and 5 s of it.
    expected: [{ alert: 'LogAlertsBlind', severity: 'ticket', afterMs: 6_700, withinMs: 12_000 }],
    forbidden: [...nobodyIsHurt],
  },
  hypotheses: [...neverFelt],
} satisfies Experiment;
