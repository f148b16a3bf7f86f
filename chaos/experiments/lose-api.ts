import type { Experiment } from './experiment.ts';

export default {
  name: 'lose-api',
  levels: [1],
  title: 'The only API process dies',
  hypothesis:
    'Nothing answers until it is started again; orders cut in the middle are finished or voided by themselves.',
  timeline: [{ durationMs: 20_000, fault: 'kill', on: { nodes: ['api-1'] } }],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 12_000 },
    ],
    allowed: [
      { alert: 'CheckoutAvailability', severity: 'ticket', reason: 'the page inhibits it until it resolves' },
      { alert: 'BrowseAvailability', severity: 'ticket', reason: 'the page inhibits it until it resolves' },
      { alert: 'ComponentDown', severity: 'ticket', reason: 'the killed process is not scraped' },
      { alert: 'ProbeFailing', severity: 'ticket', reason: 'the killed process answers no probe' },
    ],
  },
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
    { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atLeast: 0.9 },
    { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
  ],
  abort: { badEventsAtMost: 600 },
} satisfies Experiment;
