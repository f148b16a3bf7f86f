import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'lose-documents',
  levels: [4],
  feed: 'mongodb',
  title: 'The store in which feeds are kept as documents dies',
  hypothesis:
    'Feeds are read from the database meanwhile, less than half a second later than before, and nobody is told of anything.',
  timeline: [{ durationMs: 30_000, fault: 'kill', on: { nodes: ['documents-1'] } }],
  impact: {},
  alerts: { expected: [], forbidden: [...nobodyIsHurt] },
  hypotheses: [
    ...wellBefore,
    keepsServing('feed', 0.05),
    { phase: 'fault', operation: 'feed', measure: 'p99Ms', atMost: 1000 },
    keepsServing('checkout', 0.02),
    keepsServing('browse', 0.01),
    ...wellAfter,
  ],
} satisfies Experiment;
