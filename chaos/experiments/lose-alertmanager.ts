import { mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { neverFelt } from './hypotheses.ts';

export default {
  name: 'lose-alertmanager',
  levels: [1, 2, 3, 4],
  title: 'Alertmanager dies',
  hypothesis:
    'Users feel nothing. Prometheus goes on judging and has nobody to tell; the receiver pages 10 s after the last heartbeat.',
  timeline: [{ durationMs: 25_000, fault: 'kill', on: { nodes: ['alertmanager-1'] } }],
  impact: {},
  blind: ['heartbeat'],
  alerts: {
    // The last heartbeat came 1 s before, on average.
    expected: [{ alert: 'WatchdogMissing', severity: 'page', afterMs: 9_100, withinMs: 13_000 }],
    forbidden: [...nobodyIsHurt],
    allowed: [mayTicket('ComponentDown', 'Prometheus tells of its death as soon as it is back')],
  },
  hypotheses: [...neverFelt],
} satisfies Experiment;
