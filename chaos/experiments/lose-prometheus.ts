import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { neverFelt } from './hypotheses.ts';

export default {
  name: 'lose-prometheus',
  levels: [1, 2, 3, 4],
  title: 'Prometheus dies',
  hypothesis:
    'Users feel nothing, and nobody would be told if they did: only the receiver notices, once the last heartbeat has run out.',
  timeline: [{ durationMs: 45_000, fault: 'kill', on: { nodes: ['prometheus-1'] } }],
  impact: {},
  blind: ['heartbeat', 'scrapes'],
  alerts: {
    // Alertmanager beats on for 15 to 20 s after the last that Prometheus sent it; then the receiver waits for 10 s.
    expected: [{ alert: 'WatchdogMissing', severity: 'page', afterMs: 26_500, withinMs: 36_000 }],
    forbidden: [...nobodyIsHurt],
  },
  hypotheses: [...neverFelt],
} satisfies Experiment;
