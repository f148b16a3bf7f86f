import type { Experiment } from './experiment.ts';

const cut = (fault: string): Experiment['timeline'][number] => ({
  durationMs: 20_000,
  fault,
  on: { between: [{ role: 'user' }, { nodes: ['pg-1'] }] },
});

export default {
  name: 'partition-primary',
  levels: [1],
  title: 'The database behind a black hole',
  hypothesis:
    'With its one database out of reach the whole shop stops; it comes back by itself and no order is lost.',
  timeline: [cut('drop')],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 12_000 },
    ],
    allowed: [
      { alert: 'CheckoutAvailability', severity: 'ticket', reason: 'the page inhibits it until it resolves' },
      { alert: 'BrowseAvailability', severity: 'ticket', reason: 'the page inhibits it until it resolves' },
      { alert: 'ProbeFailing', severity: 'ticket', reason: 'readiness asks the database' },
    ],
  },
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
    { phase: 'control', operation: 'checkout', measure: 'p99Ms', atMost: 500 },
    { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atLeast: 0.9 },
    { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
  ],
  abort: { badEventsAtMost: 600 },
  variants: {
    stall: {
      title: 'The database behind a line that holds every byte',
      hypothesis:
        'Held bytes arrive after their senders gave up; late commits must not charge or sell twice.',
      timeline: [cut('stall')],
    },
  },
} satisfies Experiment;
